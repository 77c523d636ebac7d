import type { Finding } from '../finding.ts';
import { findingId } from '../finding-id.ts';

const FEWER_CALLS = new Set(['call.count-changed', 'call.missing']);
/** As far as the shares of handled calls that fail and that make no call may lie apart. */
const NEAR = 0.02;

/** A handled call that ends in an error makes some of its calls no more: no news beside the error. */
export function nameToldErrorCauses(findings: readonly Finding[]): Finding[] {
  const errors = findings.filter(
    ({ rule, severity }) => rule === 'error.new-code' && severity === 'breaking',
  );
  return findings.map((effect) => {
    if (effect.causedBy !== undefined || !FEWER_CALLS.has(effect.rule)) return effect;
    const lost = 1 - Number(effect.candidate) / Number(effect.baseline);
    const cause = errors.find(
      (error) => error.operation === effect.operation && isNear(lost, error.effect ?? 0),
    );
    return cause ? { ...effect, causedBy: findingId(cause) } : effect;
  });
}

function isNear(lost: number, failing: number): boolean {
  return lost > 0 && Math.abs(lost - failing) <= NEAR;
}
