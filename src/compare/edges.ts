import { Profile } from '../profile/profile.ts';
import { byCodeUnit } from '../support/json.ts';
import { type Pairing, pairOperations } from './pairs.ts';
import type { SideName } from './sides.ts';

/** One edge of the call graph: what handled calls of one operation (or a workload by itself) call. */
export interface Edge {
  /** The operation handled, in plain form; null for background calls. */
  readonly from: string | null;
  /** The workload that calls. */
  readonly caller: string;
  /** The operation called, in plain form. */
  readonly to: string;
  readonly calls: number;
  /** Calls for each handled call of `from`, on average over what may be linked; null for background calls. */
  readonly perHandledCall: number | null;
}

/** The call graph of a profile, sorted by caller, `from` and `to`; `hints` are path templates. Takes the profile's parts over. */
export function edgesOf(profile: Profile, hints: readonly string[] = []): Edge[] {
  return edgesOn('base', pairOperations(profile, new Profile(), hints));
}

/** The call graph of one side of a comparison, named as both sides are; sorted like `edgesOf`. */
export function edgesOn(side: SideName, { pairs, name, background }: Pairing): Edge[] {
  const edges: Edge[] = [];
  for (const { operation, family, [side]: stats } of pairs) {
    const calls = new Map<string, number>();
    const expected = new Map<string, number>();
    for (const [, outcome] of stats.fanout.outcomes) {
      for (const [to, segments, child] of outcome.targets.entries()) {
        const plain = name(to, segments);
        add(calls, plain, child.calls);
        add(expected, plain, child.expected);
      }
    }
    for (const [to, count] of calls) {
      if (count === 0) continue;
      const perHandledCall = (expected.get(to) ?? 0) / stats.count;
      edges.push({ from: operation, caller: family.workload, to, calls: count, perHandledCall });
    }
  }
  for (const [caller, callees] of background[side]) {
    for (const [to, { stats }] of callees) {
      edges.push({ from: null, caller, to, calls: stats.calls, perHandledCall: null });
    }
  }
  return edges.sort(
    (a, b) =>
      byCodeUnit(a.caller, b.caller) ||
      byCodeUnit(a.from ?? '', b.from ?? '') ||
      byCodeUnit(a.to, b.to),
  );
}

function add(calls: Map<string, number>, to: string, count: number): void {
  calls.set(to, (calls.get(to) ?? 0) + count);
}
