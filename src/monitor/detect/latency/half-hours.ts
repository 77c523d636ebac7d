import type { Slot } from '../../slot.ts';
import type { LatencyMemory } from './memory.ts';

/** Six hours. */
const HALF_HOURS = 12;
const LEAST_CALLS = 5;
/** A step is this part of the whole rise, between one hour and the next. */
const STEP = 0.55;
/** A rise of the mean logarithm that may be a beginning. */
const BEGINNING = Math.log(1.15);

/** How the latencies of an operation moved against what is usual, by half hour, oldest first. */
export interface Course {
  /** Mean logarithm less the usual. */
  readonly levels: readonly number[];
  /** Of the last hour. */
  readonly level: number;
  /** Calls of the last hour. */
  readonly calls: number;
  /** Unix ms. */
  readonly from: number;
  /** Whether it came by no step: each hour is a part of the rise. */
  readonly gradual: boolean;
}

/** The last six hours with the slot's own calls. */
export function courseOf(
  memory: LatencyMemory,
  operation: string,
  slot: Slot,
  own: readonly [number, number],
): Course {
  const cells = [...memory.halfHours.last(operation, slot, HALF_HOURS)];
  const all = cells.map(({ numbers: [n = 0, sum = 0], start }) => ({ n, sum, start }));
  const last = all.at(-1);
  const width = 1_800_000;
  if (last && slot.start < last.start + width) {
    last.n += own[0];
    last.sum += own[1];
  } else all.push({ n: own[0], sum: own[1], start: slot.start });
  const told = all.filter(({ n }) => n >= LEAST_CALLS);
  const levels = told.map(({ n, sum }) => sum / n);
  const latest = told.slice(-2);
  const calls = latest.reduce((total, { n }) => total + n, 0);
  const level = calls === 0 ? 0 : latest.reduce((total, { sum }) => total + sum, 0) / calls;
  return {
    levels,
    level,
    calls,
    from: told[0]?.start ?? slot.start,
    gradual: isGradual(levels, level),
  };
}

function isGradual(levels: readonly number[], level: number): boolean {
  if (levels.length < 5 || level < BEGINNING) return false;
  const hours = levels.slice(1).map((each, i) => (each + (levels[i] as number)) / 2);
  const lowest = Math.min(...hours);
  const steps = hours.slice(2).map((each, i) => each - (hours[i] as number));
  return Math.max(...steps) < STEP * (level - Math.min(0, lowest));
}
