import { byCodeUnit } from '../../support/json.ts';
import type { AlertRule } from '../alert-rule.ts';

/** What a workload suffers or does: it fails, or its traffic changed. */
export type Trouble = 'fault' | 'flow';

/** Troubles looked at together at most: beyond that nothing is followed to its cause. */
const MAX_TROUBLES = 1_000;

/** What a rule is in the search for causes; undefined: it takes no part. */
export function troubleOf({ category, symptom }: AlertRule): Trouble | undefined {
  switch (category) {
    case 'errors':
    case 'latency':
    case 'network':
    case 'protocol':
      return 'fault';
    case 'traffic':
      return symptom ? 'flow' : undefined;
    default:
      return undefined;
  }
}

export function troubleKey(trouble: Trouble, workload: string): string {
  return `${trouble} ${workload}`;
}

/**
 * For each trouble those that it may come from, the likeliest first: itself, or the last in a chain of
 * troubles each of which explains the one before. A fault comes from the faults of the workloads called; a change of
 * traffic from a fault of the workload itself, from the faults of those it calls
 * or that these call, or from what its callers suffer.
 * In a circle, and where several explain it, `better` decides.
 */
export function rootCauses(
  troubles: ReadonlyMap<string, { readonly trouble: Trouble; readonly workload: string }>,
  callees: (workload: string) => ReadonlySet<string>,
  better: (a: string, b: string) => number,
): ReadonlyMap<string, readonly string[]> {
  const keys = [...troubles.keys()].sort(byCodeUnit);
  const roots = new Map<string, readonly string[]>();
  if (keys.length > MAX_TROUBLES) return roots;
  const causes = directCauses(troubles, callees);
  const reached = new Map(keys.map((key) => [key, reachable(key, causes)]));
  const isEnd = (key: string) =>
    [...(reached.get(key) ?? [])].every((next) => reached.get(next)?.has(key));
  const ends = new Set(keys.filter(isEnd));
  for (const key of keys) {
    const own = [...(reached.get(key) as Set<string>)].filter((end) => ends.has(end));
    roots.set(
      key,
      own.sort((a, b) => better(a, b) || byCodeUnit(a, b)),
    );
  }
  return roots;
}

function directCauses(
  troubles: ReadonlyMap<string, { readonly trouble: Trouble; readonly workload: string }>,
  callees: (workload: string) => ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> {
  const workloads = [...new Set([...troubles.values()].map(({ workload }) => workload))];
  const known = new Set(workloads);
  const called = new Map(
    workloads.map((name) => [name, [...callees(name)].filter((c) => c !== name && known.has(c))]),
  );
  const callers = new Map<string, string[]>(workloads.map((name) => [name, []]));
  for (const [name, list] of called) for (const callee of list) callers.get(callee)?.push(name);
  const present = (trouble: Trouble, names: readonly string[] = []) =>
    names.map((name) => troubleKey(trouble, name)).filter((key) => troubles.has(key));
  const causes = new Map<string, readonly string[]>();
  for (const [key, { trouble, workload }] of troubles) {
    if (trouble === 'fault') causes.set(key, present('fault', called.get(workload)));
    else {
      const faults = present('fault', [...reachable(workload, called)]);
      const above = callers.get(workload);
      causes.set(key, [...faults, ...present('fault', above), ...present('flow', above)]);
    }
  }
  return causes;
}

function reachable(from: string, next: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set([from]);
  for (const key of seen) for (const other of next.get(key) ?? []) seen.add(other);
  return seen;
}
