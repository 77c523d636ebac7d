import { spreadOf } from '../../support/numbers.ts';
import type { Followed } from './followed.ts';

/** So much of what a call took longer must have gone by before it called anything, of so many of the calls. */
const MOSTLY = 0.6;
/** Waiting for something scarce takes now long, now short: a fixed delay varies less (standard deviation over mean). */
const LEAST_VARIATION = 0.4;

/** Calls that waited before they did anything. */
export interface Waited {
  readonly calls: number;
  /** Whether they waited for different times, as those that queue for something do. */
  readonly vary: boolean;
}

/**
 * Whether most of the calls spent most of what they took longer than usual before their first call, or
 * made none at all; undefined where they didn't.
 */
export function waitedOf(
  { traffic, made, usual }: Followed,
  rows: readonly number[],
): Waited | undefined {
  const waits: number[] = [];
  for (const row of rows) {
    const took = traffic.latency[row] as number;
    const normal = usual.of(traffic, row);
    if (!normal || !(took > normal.most)) continue;
    const [first] = made.rows(row);
    const idle =
      first === undefined ? took : (traffic.ts[first] as number) - (traffic.ts[row] as number);
    if (idle >= MOSTLY * (took - normal.median)) waits.push(idle);
  }
  if (waits.length === 0 || waits.length < MOSTLY * rows.length) return undefined;
  const { mean, squares } = spreadOf(waits);
  const deviation = Math.sqrt(squares / waits.length);
  return { calls: waits.length, vary: deviation >= LEAST_VARIATION * mean };
}
