import type { EdgeTotals } from '../../profile/fanout-edges.ts';
import { asksForHealth } from '../probes.ts';
import type { Namer } from './child-view.ts';
import { type OutcomePair, type OutcomeSide, workloadOf } from './pair.ts';

/** Standard errors, were calls as irregular as Poisson's, from which on a sum changed. */
const DEVIATIONS = 2;

/**
 * What all calls of a workload to a callee say of those that one operation makes. `tells`: what
 * changed there. `same`: as many as before in all, and many always by itself. `moved`: as many, but
 * now by itself, or no longer so. `unclear`: none of these.
 */
export type Sum = 'tells' | 'same' | 'moved' | 'unclear';

/** What both sides hold of a system. */
export interface System {
  /** Every operation, its outcomes as one. */
  readonly pairs: readonly OutcomePair[];
  /** Calls that no handled call is known to have caused. */
  readonly edges?: { readonly base: EdgeTotals; readonly cand: EdgeTotals };
  readonly name: Namer;
  /** Candidate's time that holds calls by the baseline's. */
  readonly timeRatio: number;
}

/**
 * Looks at the calls that a workload also makes by itself: polls, commits and probes whose periods
 * divide each other keep step for a whole capture, so one is linked to the other in this rollout and
 * not in the next. `change`: calls more or less of an operation than its handled calls let expect.
 */
export function sumsOf({ pairs, edges, name, timeRatio }: System) {
  const operations = Map.groupBy(pairs, ({ operation }) => workloadOf(operation));
  const background = {
    base: totalsOf(edges?.base, name),
    cand: totalsOf(edges?.cand, name),
  };

  return (operation: string, callee: string, change: number): Sum => {
    const workload = workloadOf(operation);
    const before = background.base(workload, callee);
    const after = background.cand(workload, callee);
    const mine = operations.get(workload) ?? [];
    // The kubelet asks each pod as regularly as the pod works by itself.
    const probe = mine.find((pair) => asksForHealth(pair) && pair.base.handled > 0);
    const ratio = probe ? probe.cand.handled / probe.base.handled : timeRatio;
    const few = Math.abs(change) / 2;
    const [whereLess, whereMore] = change < 0 ? [after, before * ratio] : [before * ratio, after];
    if (whereLess < few) return 'tells';
    let expected = before * ratio;
    let seen = after;
    for (const { base, cand } of mine) {
      seen += callsTo(cand, callee);
      if (base.handled > 0) expected += callsTo(base, callee) * (cand.handled / base.handled);
    }
    const moved = seen - expected;
    const always = whereMore >= few;
    if (Math.abs(moved) < few) return always || asksForHealth({ operation }) ? 'same' : 'moved';
    if (!always) return 'tells';
    const sure = Math.abs(moved) >= DEVIATIONS * Math.sqrt(seen + expected);
    return sure && Math.sign(moved) === Math.sign(change) ? 'tells' : 'unclear';
  };
}

function callsTo({ children }: OutcomeSide, callee: string): number {
  return children.get(callee)?.stats.calls ?? 0;
}

/** Background calls by caller and callee, read when asked for. */
function totalsOf(edges: EdgeTotals | undefined, name: Namer) {
  const known = new Map<string, ReadonlyMap<string, number>>();
  const targets = new Map(edges?.callers ?? []);
  return (caller: string, callee: string): number => {
    let calls = known.get(caller);
    if (!calls) {
      const sums = new Map<string, number>();
      for (const [family, segments, stats] of targets.get(caller)?.entries() ?? []) {
        const plain = name(family, segments);
        sums.set(plain, (sums.get(plain) ?? 0) + stats.calls);
      }
      known.set(caller, sums);
      calls = sums;
    }
    return calls.get(callee) ?? 0;
  };
}
