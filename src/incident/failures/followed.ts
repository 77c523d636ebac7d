import { sum } from '../../support/numbers.ts';
import type { RowsBy } from '../rows-by.ts';
import type { Traffic } from '../traffic.ts';
import { Trouble } from '../trouble.ts';
import type { UsualLatencies } from './troubled.ts';

/** A slow call is explained by its callees where so much of what it took longer was theirs. */
const MOSTLY = 0.5;
const FAIR_PART = 0.4;

/** One side's troubled calls and what they made. */
export interface Followed {
  readonly traffic: Traffic;
  readonly troubles: Uint8Array;
  readonly made: RowsBy;
  readonly usual: UsualLatencies;
}

/**
 * The callees' calls from which a troubled call has its trouble: those that failed or were not answered
 * where it failed itself, else those that took most of what it took longer.
 */
export function troubledCallees(
  { traffic, troubles, made, usual }: Followed,
  row: number,
): readonly number[] {
  const children = [...made.rows(row)];
  if (troubles[row] !== Trouble.slow) {
    const broken = children.filter((child) => (troubles[child] as number) >= Trouble.failed);
    if (broken.length > 0) return broken;
    const took = traffic.latency[row] as number;
    if (took <= (usual.of(traffic, row)?.most ?? Number.POSITIVE_INFINITY)) return [];
  }
  return explaining(traffic, children, row, usual);
}

/** Those with a fair part of what a call took longer than usual, where all together took most of it. */
function explaining(
  traffic: Traffic,
  children: readonly number[],
  row: number,
  usual: UsualLatencies,
): readonly number[] {
  const excess = excessOf(traffic, row, usual);
  if (!(excess > 0)) return [];
  const theirs = children.map((child) => Math.max(0, excessOf(traffic, child, usual)));
  if (sum(theirs) < MOSTLY * excess) return [];
  const most = Math.max(...theirs);
  return children.filter((_, i) => (theirs[i] as number) >= FAIR_PART * most);
}

/** What (ms) a call took longer than usual; all that is left of its caller's time where it was never answered. */
function excessOf(traffic: Traffic, row: number, usual: UsualLatencies): number {
  const { latency, ts, parent } = traffic;
  const took = latency[row] as number;
  if (!Number.isNaN(took)) return took - (usual.of(traffic, row)?.median ?? 0);
  const by = parent[row] as number;
  if (by < 0 || Number.isNaN(latency[by])) return 0;
  return (ts[by] as number) + (latency[by] as number) - (ts[row] as number);
}
