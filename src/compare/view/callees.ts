import { byCodeUnit } from '../../support/json.ts';
import type { Edge } from '../edges.ts';
import { rounded } from '../words.ts';

/** Callees of one operation that are listed. */
const MAX_CALLEES = 24;

/** What the handled calls of an operation call, per handled call; null where a side never did. */
export interface CalleeChange {
  /** The operation called, in plain form. */
  readonly to: string;
  readonly baseline: number | null;
  readonly candidate: number | null;
}

/** The callees of each operation on both sides, most frequent first. */
export function calleesOf(
  base: readonly Edge[],
  cand: readonly Edge[],
): ReadonlyMap<string, readonly CalleeChange[]> {
  const all = new Map<string, Map<string, CalleeChange>>();
  for (const [side, edges] of [
    ['baseline', base],
    ['candidate', cand],
  ] as const) {
    for (const { from, to, perHandledCall } of edges) {
      if (from === null || perHandledCall === null) continue;
      const made = all.get(from) ?? new Map<string, CalleeChange>();
      const known = made.get(to) ?? { to, baseline: null, candidate: null };
      made.set(to, { ...known, [side]: rounded(perHandledCall, 3) });
      all.set(from, made);
    }
  }
  return new Map([...all].map(([from, made]) => [from, mostFrequent([...made.values()])]));
}

function mostFrequent(callees: readonly CalleeChange[]): CalleeChange[] {
  const rate = ({ baseline, candidate }: CalleeChange) => (baseline ?? 0) + (candidate ?? 0);
  return callees
    .toSorted((a, b) => rate(b) - rate(a) || byCodeUnit(a.to, b.to))
    .slice(0, MAX_CALLEES);
}
