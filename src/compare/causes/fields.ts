import { answerPath } from '../calls/passed-values.ts';
import type { Finding } from '../finding.ts';
import { findingId } from '../finding-id.ts';
import { nameIn } from '../schema/pointer.ts';

/** A value that is no longer what the callee answered follows from what else is told of it. */
export function nameFieldCauses(findings: readonly Finding[]): Finding[] {
  const fields = findings.filter(
    ({ severity, field }) => severity !== 'info' && field?.side === 'response',
  );
  return findings.map((effect) => {
    if (effect.rule !== 'call.answer-mismatched') return effect;
    const cause = fields.find(
      ({ operation, field }) =>
        operation === effect.operation && answerPath(nameIn(field?.pointer ?? '')) === effect.path,
    );
    return cause ? { ...effect, causedBy: findingId(cause) } : effect;
  });
}
