import { type Traffic, UNKNOWN } from '../traffic.ts';

/** What handled calls did, by row; of calls in linked stretches alone. */
export interface Handled {
  /** ms: latency less the time in which any linked child was under way; NaN where not known. */
  readonly own: Float64Array;
  /** Linked calls made; −1 where not known. */
  readonly made: Int32Array;
}

/** Own times and fan-outs, in one pass over the rows, which are in order of time. */
export function handledOf({ size, ts, latency, parent }: Traffic): Handled {
  const own = new Float64Array(size);
  const made = new Int32Array(size);
  const covered = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    const known = parent[row] !== UNKNOWN;
    own[row] = known ? (latency[row] as number) : Number.NaN;
    made[row] = known ? 0 : -1;
  }
  for (let row = 0; row < size; row++) {
    const by = parent[row] as number;
    if (by < 0 || (made[by] as number) < 0) continue;
    made[by] = (made[by] as number) + 1;
    const begin = ts[by] as number;
    const from = Math.max(covered[by] as number, ts[row] as number, begin);
    const to = Math.min(
      begin + (latency[by] as number),
      (ts[row] as number) + lasted(latency, row),
    );
    if (!(to > from)) continue;
    own[by] = Math.max(0, (own[by] as number) - (to - from));
    covered[by] = to;
  }
  return { own, made };
}

function lasted(latency: Float64Array, row: number): number {
  const value = latency[row] as number;
  return Number.isNaN(value) ? 0 : value;
}
