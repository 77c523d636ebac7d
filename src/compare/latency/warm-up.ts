import { Sketch } from '../../profile/sketch.ts';
import type { Finding } from '../finding.ts';
import type { OperationPair } from '../pairs.ts';
import { logShift } from '../stats/location.ts';
import { ms, rounded, times } from '../words.ts';

/** The first slots of time are warm-up while they are so many times slower than all after them… */
const SLOWER = 1.5;
/** …by so many standard errors, with so many calls… */
const ERRORS = 4;
const MIN_CALLS = 5;
/** …and at most this share of all slots: what lasts longer is how the operation is. */
const MOST = 0.25;

/** Latencies of one side without its warm-up. */
export interface Settled {
  readonly total: Sketch;
  /** One sketch a slot of time, in time order. */
  readonly slots: readonly Sketch[];
  /** What was set aside; absent where nothing was. */
  readonly warmUp?: Sketch;
}

/**
 * Sets the warm-up of one side aside: after a rollout the first calls meet empty caches, code that is
 * not compiled yet and connections that are not open. Only what settles within the first quarter of
 * the time counts as one, so a capture that stays slow keeps all of its calls.
 */
export function settle(slots: readonly Sketch[]): Settled {
  const most = Math.floor(slots.length * MOST);
  let first = 0;
  while (first <= most && isSlower(slots[first], slots.slice(first + 1))) first++;
  const rest = slots.slice(first);
  if (first === 0 || first > most) return { total: merged(slots), slots };
  return { total: merged(rest), slots: rest, warmUp: merged(slots.slice(0, first)) };
}

function isSlower(head: Sketch | undefined, after: readonly Sketch[]): boolean {
  if (!head || after.length === 0 || head.count < MIN_CALLS) return false;
  const { mean, variance } = logShift(merged(after), head);
  return mean >= Math.log(SLOWER) && mean >= ERRORS * Math.sqrt(variance);
}

function merged(sketches: readonly Sketch[]): Sketch {
  const whole = new Sketch();
  for (const sketch of sketches) whole.merge(sketch);
  return whole;
}

/** Tells of the warm-up that was set aside, on either side. */
export function warmUpFindings(pair: OperationPair, base: Settled, cand: Settled): Finding[] {
  const told = [tell(base, 'before'), tell(cand, 'now')].filter((words) => words !== '');
  if (told.length === 0) return [];
  const { warmUp, total } = cand.warmUp ? cand : base;
  const [first, later] = [(warmUp as Sketch).quantile(0.5), total.quantile(0.5)];
  return [
    {
      rule: 'latency.warm-up',
      category: 'performance',
      severity: 'info',
      operation: pair.operation,
      path: 'warm-up',
      summary: `${told.join('; ')}. Set aside: the latencies after it are compared.`,
      baseline: base.warmUp?.count ?? 0,
      candidate: cand.warmUp?.count ?? 0,
      effect: rounded(first / later),
      interval: null,
      samples: { baseline: base.total.count, candidate: cand.total.count },
      evidence: [],
    },
  ];
}

function tell({ warmUp, total }: Settled, side: string): string {
  if (!warmUp) return '';
  const [first, later] = [warmUp.quantile(0.5), total.quantile(0.5)];
  return `Warm-up ${side}: the first ${warmUp.count} calls had a P50 of ${ms(first)}, those after them ${ms(later)} (${times(first / later)})`;
}
