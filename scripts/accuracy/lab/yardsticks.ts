import type { Call } from '../../../src/calls/call.ts';
import { diffyReports } from './diffy.ts';
import { shiftOf } from './mann-whitney.ts';

/** The calls of one operation on both sides. */
export interface Both {
  readonly base: readonly Call[];
  readonly cand: readonly Call[];
}

/** Whether a yardstick says that an operation got worse. */
export type Yardstick = (both: Both) => boolean;

/** Operations with fewer calls on either side are left alone, as the gate leaves them. */
const MIN_CALLS = 20;
/** Kayenta's judge: NetflixACAJudge and MannWhitneyClassifier of spinnaker/kayenta. */
const KAYENTA = { level: 0.98, tolerance: 0.25, fence: 3 };

export const YARDSTICKS = {
  /** P95 of the candidate more than 20 % above the baseline's. */
  'P95 +20 %': ({ base, cand }) => {
    const [before, after] = [latencies(base), latencies(cand)];
    return before.length > 0 && percentile(after, 95) > 1.2 * percentile(before, 95);
  },
  /**
   * High by Kayenta: the 98 % interval of the shift lies above a quarter of the Hodges-Lehmann
   * estimate, and the means' ratio is not below 1; outliers beyond three interquartile ranges (and
   * the 99th percentile) are taken off each side before. Each call is a value.
   */
  'Mann-Whitney (Kayenta)': ({ base, cand }) => {
    const [control, experiment] = [inFences(latencies(base)), inFences(latencies(cand))];
    if (control.length === 0 || experiment.length === 0) return false;
    const { estimate, low } = shiftOf(control, experiment, KAYENTA.level);
    return low > KAYENTA.tolerance * Math.abs(estimate) && mean(experiment) >= mean(control);
  },
  'fields (Diffy)': ({ base, cand }) => diffyReports(base, cand),
} as const satisfies Record<string, Yardstick>;

export type YardstickName = keyof typeof YARDSTICKS;
export const YARDSTICK_NAMES = Object.keys(YARDSTICKS) as YardstickName[];

/** Operations (by name) that each yardstick says got worse. */
export function flagged(
  operations: ReadonlyMap<string, Both>,
): Readonly<Record<YardstickName, readonly string[]>> {
  const judged = [...operations].filter(
    ([, { base, cand }]) => Math.min(base.length, cand.length) >= MIN_CALLS,
  );
  const by = (name: YardstickName) =>
    judged.filter(([, both]) => YARDSTICKS[name](both)).map(([operation]) => operation);
  return Object.fromEntries(YARDSTICK_NAMES.map((name) => [name, by(name)])) as Record<
    YardstickName,
    string[]
  >;
}

/** Ascending, ms. */
function latencies(calls: readonly Call[]): Float64Array {
  return Float64Array.from(calls.flatMap(({ latency }) => latency ?? [])).sort();
}

/** As Apache Commons Math estimates it by default: position p (n + 1) / 100, in between by a straight line. */
function percentile(ascending: Float64Array, p: number): number {
  const at = Math.min(ascending.length, Math.max(1, (p * (ascending.length + 1)) / 100));
  const lower = ascending[Math.floor(at) - 1] as number;
  const upper = ascending[Math.min(ascending.length, Math.floor(at) + 1) - 1] as number;
  return lower + (at - Math.floor(at)) * (upper - lower);
}

function inFences(ascending: Float64Array): Float64Array {
  if (ascending.length === 0) return ascending;
  const [low, high] = [percentile(ascending, 25), percentile(ascending, 75)];
  const reach = KAYENTA.fence * (high - low);
  const least = Math.min(percentile(ascending, 1), low - reach);
  const most = Math.max(percentile(ascending, 99), high + reach);
  return ascending.filter((value) => value >= least && value <= most);
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
