import type { EvidenceCall } from '../../../calls/evidence.ts';
import { callWords } from '../../incident/incident-words.ts';
import type { Times } from '../../incident/times.ts';
import { Proofs } from '../proofs.tsx';

const MAX_CALLS = 12;

/** The calls that show something, the first of them. */
export function CallProofs(props: { evidence: readonly EvidenceCall[]; times: Times }) {
  const { evidence, times } = props;
  const left = evidence.length - MAX_CALLS;
  return (
    <>
      <Proofs
        calls={evidence
          .slice(0, MAX_CALLS)
          .map((call) => ({ callId: call.callId, words: [callWords(call, times)] }))}
      />
      {left > 0 && <p class="muted">and {left} more in report.json</p>}
    </>
  );
}
