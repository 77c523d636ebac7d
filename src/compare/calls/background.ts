import type { Family } from '../../calls/target.ts';
import { type EdgeStats, type EdgeTotals, edgeStats } from '../../profile/fanout-edges.ts';
import type { Namer } from '../draw-names.ts';
import type { Sides } from '../sides.ts';

/** What a workload calls on no handled call's account. */
export interface OwnCalls {
  readonly family: Family;
  readonly stats: EdgeStats;
}

/** Calls that no handled call is known to have caused, by caller and by callee in plain form. */
export type Background = ReadonlyMap<string, ReadonlyMap<string, OwnCalls>>;

/** Brings what was called under one template together, as operations are; leaves `totals` as they are. */
export function backgroundCalls({ callers }: EdgeTotals, name: Namer): Background {
  return new Map(
    callers.map(([caller, targets]) => {
      const callees = new Map<string, OwnCalls>();
      for (const [family, segments, stats] of targets.entries()) {
        const callee = name(family, segments);
        const own = callees.get(callee) ?? { family, stats: edgeStats.create() };
        edgeStats.merge(own.stats, stats);
        callees.set(callee, own);
      }
      return [caller, callees];
    }),
  );
}

/** How often a workload called another by itself, on each side. */
export function callsAlone(
  background: Sides<Background>,
  caller: string,
  callee: string,
): Sides<number> {
  const calls = (side: Background) => side.get(caller)?.get(callee)?.stats.calls ?? 0;
  return { base: calls(background.base), cand: calls(background.cand) };
}

const SUFFIX = ' (background)';

/** The operation of findings on calls that a workload makes by itself. */
export function backgroundOf(workload: string): string {
  return `${workload}${SUFFIX}`;
}

export function isBackground(operation: string): boolean {
  return operation.endsWith(SUFFIX);
}
