import type { Traffic } from '../traffic.ts';
import type { MadeCalls } from './made-calls.ts';
import { Trouble, type UsualLatencies } from './troubled.ts';

/** A slow call is explained by its callees where so much of what it took longer was theirs. */
const MOSTLY = 0.5;

/** One side's troubled calls and what they made. */
export interface Followed {
  readonly traffic: Traffic;
  readonly troubles: Uint8Array;
  readonly made: MadeCalls;
  readonly usual: UsualLatencies;
}

/**
 * The callees' calls from which a troubled call has its trouble: those that failed or were not
 * answered where it failed itself (or were slow: it may have given up), those that took longer where it is slow.
 */
export function troubledCallees(
  { traffic, troubles, made, usual }: Followed,
  row: number,
): number[] {
  const children = [...made.of(row)].filter((child) => troubles[child] !== Trouble.none);
  if (children.length === 0) return [];
  if (troubles[row] !== Trouble.slow) {
    const broken = children.filter((child) => troubles[child] !== Trouble.slow);
    return broken.length > 0 ? broken : explaining(traffic, children, row, usual);
  }
  return explaining(traffic, children, row, usual);
}

/** Those that were slow, where together they took most of what the call took longer than usual. */
function explaining(
  traffic: Traffic,
  children: readonly number[],
  row: number,
  usual: UsualLatencies,
): number[] {
  const excess = excessOf(traffic, row, usual);
  const theirs = children.reduce((sum, child) => sum + excessOf(traffic, child, usual), 0);
  return theirs >= MOSTLY * excess ? [...children] : [];
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
