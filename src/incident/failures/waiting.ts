import type { Followed } from './followed.ts';

/** So much of what a call took longer must have gone by before it called anything. */
const MOSTLY = 0.6;

/**
 * How many of the calls spent most of what they took longer than usual before their first call, or
 * made none at all.
 */
export function waited({ traffic, made, usual }: Followed, rows: readonly number[]): number {
  let some = 0;
  for (const row of rows) {
    const took = traffic.latency[row] as number;
    const normal = usual.of(traffic, row);
    if (!normal || !(took > normal.most)) continue;
    const [first] = made.of(row);
    const idle =
      first === undefined ? took : (traffic.ts[first] as number) - (traffic.ts[row] as number);
    if (idle >= MOSTLY * (took - normal.median)) some++;
  }
  return some;
}
