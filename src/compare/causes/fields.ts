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
  const fields = findings.filter(
    ({ severity, field }) => severity !== 'info' && field?.side === 'response',
  );
  const answers = findings.filter(({ rule }) => rule === ANSWER);
  return findings.map((effect) => {
    if (!OF_VALUES.has(effect.rule)) return effect;
    const ofOne = fields.filter(({ operation }) => operation === effect.operation);
    const field = ofOne.find(
      ({ field }) => answerPath(nameIn(field?.pointer ?? '')) === effect.path,
    );
    const cause = field ?? (effect.rule === ANSWER ? undefined : answers.find(isAlike(effect)));
    return cause ? { ...effect, causedBy: findingId(cause) } : effect;
  });
}

function isAlike(one: Finding) {
  return ({ operation, path }: Finding) => operation === one.operation && path === one.path;
}
