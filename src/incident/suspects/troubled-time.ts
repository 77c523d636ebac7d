import type { Change, Measure } from '../change.ts';
import type { Stretch, Traffic } from '../traffic.ts';

const WORSE: ReadonlySet<Measure> = new Set([
  'errors',
  'unanswered',
  'latency',
  'own-time',
  'connections',
]);
/** All of a side's time. */
export function wholeOf({ start, end }: Traffic): Stretch {
  return { from: start, to: end + 1 };
}

/** A shorter time (part of the capture, ms) is too short to be looked at by itself. */
const LEAST_PART = 0.1;
const LEAST_MS = 10_000;

/**
 * The part of the incident's traffic in which something was worse than before: what was well before and
 * after it would look like noise beside it. All of it where nothing says so.
 */
export function troubledTime(traffic: Traffic, changes: readonly Change[]): Stretch {
  const whole = wholeOf(traffic);
  const worse = changes.filter(
    ({ measure, before, after }) => WORSE.has(measure) && after > before,
  );
  if (worse.length === 0) return whole;
  const from = Math.max(whole.from, Math.min(...worse.map((change) => change.at)));
  const to = Math.min(whole.to, Math.max(...worse.map(({ until = whole.to }) => until)));
  const long = to - from >= Math.max(LEAST_MS, LEAST_PART * (whole.to - whole.from));
  return long ? { from, to } : whole;
}
