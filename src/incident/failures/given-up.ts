import type { Followed } from './followed.ts';
import { piledAt } from './piled.ts';

/** Share of the calls that must have been given up after a time that somebody may wait. */
const MANY = 0.3;
/**
 * Nobody gives up so soon, ms: what follows faster is an attempt of another request, for links of
 * retries beside each other are often mistaken.
 */
const LEAST_MS = 50;

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
  const last: number[] = [];
  let followed = 0;
  for (const row of rows) {
    const by = parent[row] as number;
    if (by < 0) continue;
    const begin = ts[row] as number;
    const again = [...made.rows(by)].find(
      (other) =>
        traffic.operation[other] === traffic.operation[row] && (ts[other] as number) > begin,
    );
    const until =
      again === undefined ? (ts[by] as number) + (latency[by] as number) : (ts[again] as number);
    // Of a caller that was given up itself it isn't known when it was done.
    if (Number.isNaN(until)) continue;
    followed++;
    const answered = Number.isNaN(latency[row])
      ? Number.POSITIVE_INFINITY
      : begin + (latency[row] as number);
    if (answered <= until) continue;
    if (until - begin < LEAST_MS) continue;
    waits.push(until - begin);
    if (again === undefined) last.push(until - begin);
  }
  if (waits.length < MANY * followed) return undefined;
  // Between attempts a back-off may lie.
  return piledAt(last) ?? piledAt(waits);
}
