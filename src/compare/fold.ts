import type { Family } from '../calls/target.ts';
import type { Finding } from './finding.ts';
import { findingId } from './finding-id.ts';
import type { OperationPair } from './pairs.ts';

/** Categories that travel from a callee to its callers. */
const CONTAGIOUS = new Set<Finding['category']>(['performance', 'new-error', 'schema-change']);

/**
 * One cause, one finding: a finding of an operation whose callee has one of the same category (for
 * schemas: of the same rule at the same place) is reported as info, with the callee's as its cause.
 */
export function foldFindings(
  findings: readonly Finding[],
  pairs: readonly OperationPair[],
  name: (family: Family, segments: readonly string[]) => string,
): Finding[] {
  const callees = new Map(pairs.map((pair) => [pair.operation, calleesOf(pair, name)]));
  const contagious = findings.filter((f) => f.severity !== 'info' && CONTAGIOUS.has(f.category));
  return findings.map((finding) => {
    if (!contagious.includes(finding)) return finding;
    const below = reachable(finding.operation, callees);
    const cause = contagious.find(
      (other) =>
        other.category === finding.category &&
        other.operation !== finding.operation &&
        below.has(other.operation) &&
        !reachable(other.operation, callees).has(finding.operation) &&
        explains(other, finding),
    );
    if (!cause) return finding;
    return { ...finding, severity: 'info', causedBy: findingId(cause) };
  });
}

/** Whether a callee's change can make its caller's: latencies by what they grew. */
function explains(cause: Finding, effect: Finding): boolean {
  if (cause.severity === 'warning' && effect.severity === 'breaking') return false;
  if (cause.category === 'schema-change') {
    return cause.rule === effect.rule && cause.path === effect.path;
  }
  return cause.category !== 'performance' || growth(cause) >= growth(effect) * 0.5;
}

function growth({ baseline, candidate }: Finding): number {
  return Number(candidate) - Number(baseline);
}

function calleesOf(
  pair: OperationPair,
  name: (family: Family, segments: readonly string[]) => string,
): Set<string> {
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
