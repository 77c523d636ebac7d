import type { Call } from '../../../src/calls/call.ts';
import { call } from '../../support/calls.ts';
import { type Random, random } from '../../support/random.ts';

/** Calls of one kind, as they are made over time; each property at a moment (Unix ms). */
export interface Stream {
  readonly from: string;
  readonly to: string;
  readonly method?: string;
  readonly path?: string;
  /** Mean calls in five minutes. */
  readonly calls: (ts: number) => number;
  /** Shares of calls. */
  readonly failing?: (ts: number) => number;
  readonly rejected?: (ts: number) => number;
  /** Median ms. */
  readonly latency?: (ts: number) => number;
  /** Squared coefficient of variation of the rate, slot by slot. */
  readonly variation?: number;
  readonly given?: (ts: number) => Partial<Call>;
}

const DAY = 86_400_000;

/** A day's shape around 1: little at night, most in the afternoon; half on weekends. */
export function daily(ts: number): number {
  const hour = (ts % DAY) / 3_600_000;
  const weekend = [2, 3].includes(Math.floor(ts / DAY) % 7) ? 0.5 : 1;
  return weekend * (1 - 0.7 * Math.cos(((hour - 3) / 24) * 2 * Math.PI));
}

/** The calls of a slot, in time order; the same for the same seed and slot. */
export function callsOf(
  streams: readonly Stream[],
  start: number,
  interval: number,
  seed: number,
): Call[] {
  const calls: Call[] = [];
  for (const [i, stream] of streams.entries()) {
    const next = random(seed, i, start);
    const rate = (stream.calls(start) * interval) / 300_000;
    const many = poisson(next, rate * gamma(next, stream.variation ?? 0.02));
    for (let k = 0; k < many; k++) {
      const ts = start + Math.floor(next() * interval);
      const fate = next();
      const failing = stream.failing?.(ts) ?? 0;
      const rejected = stream.rejected?.(ts) ?? 0;
      const status = fate < failing ? '503' : fate < failing + rejected ? '404' : '200';
      const latency = (stream.latency?.(ts) ?? 20) * Math.exp(0.5 * normal(next));
      const { from, to, method = 'GET', path = `/${to}` } = stream;
      calls.push(
        call({
          id: `n1/${start}/${i}/${k}`,
          ts,
          from,
          to,
          method,
          path,
          status,
          latency,
          ...stream.given?.(ts),
        }),
      );
    }
  }
  return calls.sort((a, b) => a.ts - b.ts);
}

function normal(next: Random): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/** Gamma distributed around 1, by Marsaglia & Tsang 2000. */
function gamma(next: Random, variation: number): number {
  if (variation < 1e-6) return 1;
  const shape = 1 / variation;
  const d = shape + 1 - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(next);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
      return (d * v * (1 - next()) ** (1 / shape)) / shape;
    }
  }
}

function poisson(next: Random, mean: number): number {
  if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(next)));
  let product = 1 - next();
  let k = 0;
  for (const limit = Math.exp(-mean); product > limit; k++) product *= 1 - next();
  return k;
}
