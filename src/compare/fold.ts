import type { Family } from '../calls/target.ts';
import { workloadOf } from './calls/pair.ts';
import type { Finding } from './finding.ts';
import { findingId } from './finding-id.ts';
import type { OperationPair } from './pairs.ts';

/** Categories that travel from a callee to its callers. */
const CONTAGIOUS = new Set<Finding['category']>(['performance', 'new-error', 'schema-change']);
const AUTH_MISSING = 'call.auth-missing';
const AUTHORIZATION = 'request header authorization';

/**
 * One cause, one finding. What a caller suffers from its callee is reported as info, with the
 * callee's finding as its cause (for schemas: of the same rule at the same place); so is the header
 * that a callee misses because its caller no longer sends it. A credential that one workload no
 * longer sends to another is one cause, at the operation where most calls show it; each keeps its
 * severity.
 */
export function foldFindings(
  findings: readonly Finding[],
  pairs: readonly OperationPair[],
  name: (family: Family, segments: readonly string[]) => string,
): Finding[] {
  const callees = new Map(pairs.map((pair) => [pair.operation, calleesOf(pair, name)]));
  const open = findings.filter((f) => f.severity !== 'info');
  const isBelow = (lower: string, upper: string) =>
    lower !== upper &&
    reachable(upper, callees).has(lower) &&
    !reachable(lower, callees).has(upper);
  const causes = new Map<Finding, Finding>();
  for (const finding of open) {
    const cause = credentialCause(finding, open) ?? calleeCause(finding, open, isBelow);
    if (cause && finding.causedBy === undefined) causes.set(finding, cause);
  }
  const raised = new Set(
    [...causes].flatMap(([effect, cause]) => (effect.severity === 'breaking' ? [cause] : [])),
  );
  return findings.map((finding): Finding => {
    const cause = causes.get(finding);
    if (cause) {
      const severity =
        cause.rule === finding.rule && cause.rule === AUTH_MISSING ? finding.severity : 'info';
      return { ...finding, severity, causedBy: findingId(cause) };
    }
    return raised.has(finding) ? { ...finding, severity: 'breaking' } : finding;
  });
}

function calleeCause(
  effect: Finding,
  findings: readonly Finding[],
  isBelow: (lower: string, upper: string) => boolean,
): Finding | undefined {
  if (!CONTAGIOUS.has(effect.category)) return undefined;
  return findings.find(
    (cause) =>
      cause.category === effect.category &&
      explains(cause, effect) &&
      isBelow(cause.operation, effect.operation),
  );
}

/** Whether a callee's change can make its caller's: latencies by what they grew. */
function explains(cause: Finding, effect: Finding): boolean {
  if (cause.category === 'schema-change') {
    return cause.rule === effect.rule && cause.path === effect.path;
  }
  if (cause.severity === 'warning' && effect.severity === 'breaking') return false;
  return cause.category !== 'performance' || growth(cause) >= growth(effect) * 0.5;
}

function credentialCause(effect: Finding, findings: readonly Finding[]): Finding | undefined {
  const missing = findings.filter(({ rule }) => rule === AUTH_MISSING);
  if (effect.rule === 'header.removed' && effect.path === AUTHORIZATION) {
    const direct = missing.find(({ path }) => path === effect.operation);
    return direct && (credentialCause(direct, findings) ?? direct);
  }
  if (effect.rule !== AUTH_MISSING) return undefined;
  const same = missing.filter((other) => edgeOf(other) === edgeOf(effect));
  const leader = same.reduce((a, b) => (b.samples.candidate > a.samples.candidate ? b : a));
  return leader === effect ? undefined : leader;
}

/** The two workloads of a call finding. */
function edgeOf({ operation, path }: Finding): string {
  return `${workloadOf(operation)} ${workloadOf(path ?? '')}`;
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
