import { answerPath } from '../calls/passed-values.ts';
import type { Finding } from '../finding.ts';
import { findingId } from '../finding-id.ts';
import { nameIn } from '../schema/pointer.ts';

const ANSWER = 'call.answer-mismatched';
const OF_VALUES = new Set([ANSWER, 'call.echo-mismatched']);

/**
 * A value that is no longer what the callee answered, or the request asked for, follows from what else
 * is told of the field; of both, the latter from the former.
 */
export function nameFieldCauses(findings: readonly Finding[]): Finding[] {
  const causes = findings.flatMap((cause) => {
    const path = valuePath(cause);
    return path === undefined ? [] : [{ cause, path }];
  });
  return findings.map((effect) => {
    if (!OF_VALUES.has(effect.rule)) return effect;
    const first = causes.find(
      ({ cause, path }) =>
        cause.rule !== effect.rule && cause.operation === effect.operation && path === effect.path,
    );
    return first ? { ...effect, causedBy: findingId(first.cause) } : effect;
  });
}

/** Where a finding on the same value would be told, if it were one of values that are others. */
function valuePath({ rule, severity, field, path }: Finding): string | undefined {
  if (rule === ANSWER) return path;
  if (severity === 'info' || field?.side !== 'response') return undefined;
  return answerPath(nameIn(field.pointer));
}
