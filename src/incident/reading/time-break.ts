import type { CaptureProblem } from '../../calls/observation.ts';
import type { StepBack } from '../../calls/order.ts';
import { iso } from '../../support/quantity.ts';
import { partOf, type Reading } from './reading.ts';

/** A shorter time (ms) without a call is a part of the traffic. */
const SHORTEST_MS = 10 * 60_000;
/** So many times the next longest time without a call. */
const TIMES_NEXT = 20;
/** Calls on either side, at least. */
const LEAST_CALLS = 100;

/** A capture of two times that do not hang together: its clock was set, or nothing was captured between. */
export interface TimeBreak {
  /** In the order in which they were captured. */
  readonly first: Reading;
  readonly second: Reading;
  readonly problem: CaptureProblem;
}

/** Where a reading breaks in two; `step`: the first two calls of its file that are not in order of time. */
export function timeBreakOf(reading: Reading, step: StepBack | undefined): TimeBreak | undefined {
  const row = longestGap(reading);
  if (row === undefined) return undefined;
  const { columns, start, end } = reading;
  const [from, to] = [columns.ts[row - 1] as number, columns.ts[row] as number];
  const early = partOf(reading, { from: start, to: from + 1 });
  const late = partOf(reading, { from: to, to: end + 1 });
  const isBack = step !== undefined && step.from >= to && step.to <= from;
  const [first, second] = isBack ? [late, early] : [early, late];
  return { first, second, problem: isBack ? setBack(step) : setForward(from, to) };
}

/** What is told of calls that went back in time and lie among others now. */
export function stepBackProblem(step: StepBack): CaptureProblem | undefined {
  return step.from - step.to < SHORTEST_MS ? undefined : setBack(step);
}

function setBack({ from, to }: StepBack): CaptureProblem {
  return {
    code: 'clock-set',
    message: `the capture goes on at ${iso(to)} after ${iso(from)}: its clock was set back by ${minutes(from - to)}, or it is put together of several captures in another order than that of time`,
  };
}

function setForward(from: number, to: number): CaptureProblem {
  return {
    code: 'hole',
    message: `the capture goes on at ${iso(to)} after ${iso(from)}: its clock was set forward by ${minutes(to - from)}, or nothing was captured in that time`,
  };
}

/** Row of the first call after the longest time without one, where that is beyond comparison. */
function longestGap({ columns: { ts }, first, last }: Reading): number | undefined {
  let [longest, next, at] = [0, 0, first];
  for (let row = first + 1; row < last; row++) {
    const gap = (ts[row] as number) - (ts[row - 1] as number);
    if (gap > longest) [longest, next, at] = [gap, longest, row];
    else if (gap > next) next = gap;
  }
  const isBreak = longest >= Math.max(SHORTEST_MS, TIMES_NEXT * next);
  return isBreak && Math.min(at - first, last - at) >= LEAST_CALLS ? at : undefined;
}

function minutes(ms: number): string {
  return `${Math.round(ms / 60_000)} min`;
}
