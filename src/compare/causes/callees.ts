import type { Finding } from '../finding.ts';
import { findingId } from '../finding-id.ts';
import type { OperationPair, Pairing } from '../pairs.ts';

/** Categories that travel from a callee to its callers. */
const CONTAGIOUS = new Set<Finding['category']>(['performance', 'new-error', 'schema-change']);

/**
 * What a caller suffers follows from its callee's finding of the same category (for schemas: of the
 * same rule at the same place); what is asked of a callee in other words, from what its caller was asked.
 */
export function nameCalleeCauses(
  findings: readonly Finding[],
  { pairs, name }: Pick<Pairing, 'pairs' | 'name'>,
): Finding[] {
  const callees = new Map(pairs.map((pair) => [pair.operation, calleesOf(pair, name)]));
  const travels = ({ severity, category }: Finding) =>
    severity !== 'info' && CONTAGIOUS.has(category);
  const open = findings.filter(travels);
  const isBelow = (lower: string, upper: string) =>
    lower !== upper &&
    reachable(upper, callees).has(lower) &&
    !reachable(lower, callees).has(upper);
  return findings.map((effect) => {
    if (effect.causedBy !== undefined || !travels(effect)) return effect;
    const cause = open.find(
      (other) =>
        explains(other, effect) &&
        (isAsked(effect)
          ? isBelow(effect.operation, other.operation)
          : isBelow(other.operation, effect.operation)),
    );
    return cause ? { ...effect, causedBy: findingId(cause) } : effect;
  });
}

/** Whether it is about what requests hold, which goes from callers to callees. */
function isAsked({ category, path = '' }: Finding): boolean {
  return category === 'schema-change' && path.startsWith('request ');
}

/** Whether a callee's change can make its caller's: latencies by what they grew. */
function explains(cause: Finding, effect: Finding): boolean {
  if (cause.category !== effect.category) return false;
  if (cause.category === 'schema-change') {
    return cause.rule === effect.rule && cause.path === effect.path;
  }
  if (cause.severity === 'warning' && effect.severity === 'breaking') return false;
  if (cause.category !== 'performance') return true;
  return isSize(cause) === isSize(effect) && growth(cause) >= growth(effect) * 0.5;
}

/** Bytes explain no milliseconds. */
function isSize({ rule }: Finding): boolean {
  return rule === 'payload.size-increased';
}

function growth({ baseline, candidate }: Finding): number {
  return Number(candidate) - Number(baseline);
}

function calleesOf(pair: OperationPair, name: Pairing['name']): Set<string> {
  const names = new Set<string>();
  for (const [, outcome] of pair.cand.fanout.outcomes) {
    for (const [family, segments] of outcome.targets.entries()) names.add(name(family, segments));
  }
  return names;
}

/** Operations below `from` in the call graph, itself left out. */
function reachable(from: string, callees: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const found = new Set<string>();
  const open = [from];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const callee of callees.get(next) ?? []) {
      if (callee === from || found.has(callee)) continue;
      found.add(callee);
      open.push(callee);
    }
  }
  return found;
}
