import type { Followed } from './followed.ts';
import { piledAt } from './piled.ts';

const MOSTLY = 0.5;

/**
 * After how long (ms) the callers gave up most of these calls: they weren't answered before their
 * caller was done or asked again, and that took about the same time each time. Undefined otherwise.
 */
export function givenUpAfter(
  { traffic, made }: Followed,
  rows: readonly number[],
): number | undefined {
  const { ts, latency, parent } = traffic;
  const waits: number[] = [];
  let followed = 0;
  for (const row of rows) {
    const by = parent[row] as number;
    if (by < 0 || Number.isNaN(latency[by])) continue;
    followed++;
    const begin = ts[row] as number;
    const again = [...made.of(by)].find(
      (other) =>
        traffic.operation[other] === traffic.operation[row] && (ts[other] as number) > begin,
    );
    const until =
      again === undefined ? (ts[by] as number) + (latency[by] as number) : (ts[again] as number);
    const answered = Number.isNaN(latency[row])
      ? Number.POSITIVE_INFINITY
      : begin + (latency[row] as number);
    if (answered > until) waits.push(until - begin);
  }
  return waits.length >= MOSTLY * followed ? piledAt(waits) : undefined;
}
