import type { Alert } from '../../../monitor/alert.ts';
import { milliseconds } from '../../monitor/quantities.ts';
import { Snippet } from '../copy-button.tsx';
import { moment } from '../moment.ts';
import { Proofs } from '../proofs.tsx';

const MAX_CALLS = 12;

/** The calls that show an alert, and how to see them in Kubeshark. */
export function AlertEvidence({ alert: { evidence, kfl } }: { alert: Alert }) {
  return (
    <div class="evidence">
      {evidence.length > 0 && (
        <section>
          <h4>Evidence</h4>
          <Proofs
            calls={evidence.slice(0, MAX_CALLS).map(({ callId, ts, caller, ...call }) => ({
              callId,
              words: [
                moment(ts),
                `from ${caller}`,
                call.status,
                call.latency === undefined ? undefined : milliseconds(call.latency),
                call.note,
              ],
            }))}
          />
        </section>
      )}
      {kfl !== '' && (
        <section>
          <h4>See them in Kubeshark</h4>
          <Snippet text={kfl} label="KFL expression" />
        </section>
      )}
    </div>
  );
}
