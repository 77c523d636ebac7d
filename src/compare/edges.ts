import { Profile } from '../profile/profile.ts';
import { byCodeUnit } from '../support/json.ts';
import { pairOperations } from './pairs.ts';

/** One edge of the call graph: what handled calls of one operation (or a workload by itself) call. */
export interface Edge {
  /** The operation handled, in plain form; null for background calls. */
  readonly from: string | null;
  /** The workload that calls. */
  readonly caller: string;
  /** The operation called, in plain form. */
  readonly to: string;
  readonly calls: number;
  /** Calls for each handled call of `from`; null for background calls. */
  readonly perHandledCall: number | null;
}

/** The call graph of a profile, sorted by caller, `from` and `to`. Takes the profile's parts over. */
export function edgesOf(profile: Profile): Edge[] {
  const { pairs, name } = pairOperations(profile, new Profile());
  const edges: Edge[] = [];
  for (const { operation, family, base } of pairs) {
    const calls = new Map<string, number>();
    for (const [, outcome] of base.fanout.outcomes) {
      for (const [to, segments, stats] of outcome.targets.entries()) {
        const callee = name(to, segments);
        calls.set(callee, (calls.get(callee) ?? 0) + stats.calls);
      }
    }
    for (const [to, count] of calls) {
      edges.push({
        from: operation,
        caller: family.workload,
        to,
        calls: count,
        perHandledCall: count / base.count,
      });
    }
  }
  for (const [caller, targets] of profile.background.callers) {
    const calls = new Map<string, number>();
    for (const [to, segments, stats] of targets.entries()) {
      const callee = name(to, segments);
      calls.set(callee, (calls.get(callee) ?? 0) + stats.calls);
    }
    for (const [to, count] of calls) {
      edges.push({ from: null, caller, to, calls: count, perHandledCall: null });
    }
  }
  return edges.sort(
    (a, b) =>
      byCodeUnit(a.caller, b.caller) ||
      byCodeUnit(a.from ?? '', b.from ?? '') ||
      byCodeUnit(a.to, b.to),
  );
}
