import { Sample, slotsOf } from './sample.ts';
import type { Side } from './side.ts';

/** A step of a handled call: what of its own time lies between two calls that it makes. */
export interface Step {
  /** Index in `Names.operations` of what is handled. */
  readonly operation: number;
  readonly workload: number;
  /** Workload called before it, and after; −1 at the beginning and the end. */
  readonly prev: number;
  readonly next: number;
  readonly times: Sample;
}

/** All steps of the calls of a side, by what they lie between. */
export function stepsOf({ traffic, within, tree, spans }: Side): Map<string, Step> {
  const { size, ts, callee, operation } = traffic;
  const slot = slotsOf(within);
  const steps = new Map<string, Step>();
  for (let row = 0; row < size; row++) {
    const from = tree.first[row] as number;
    const to = tree.first[row + 1] as number;
    if (tree.known[row] === 0 || from === to || Number.isNaN(spans[row] as number)) continue;
    const at = slot(ts[row] as number);
    const end = (ts[row] as number) + (spans[row] as number);
    let reached = ts[row] as number;
    let prev = -1;
    for (let i = from; i < to; i++) {
      const child = tree.child[i] as number;
      const start = Math.min(end, ts[child] as number);
      // What begins before the last one has ended is no step.
      if (start >= reached) put(row, prev, callee[child] as number, start - reached, at);
      const ends = Math.min(end, (ts[child] as number) + (spans[child] as number));
      // Nor does a call end whose end nobody saw.
      if (!(ends >= reached)) continue;
      reached = ends;
      prev = callee[child] as number;
    }
    put(row, prev, -1, Math.max(0, end - reached), at);
  }
  return steps;

  function put(row: number, prev: number, next: number, time: number, at: number): void {
    const handled = operation[row] as number;
    const key = `${handled} ${prev} ${next}`;
    let step = steps.get(key);
    if (!step) {
      const workload = callee[row] as number;
      step = { operation: handled, workload, prev, next, times: new Sample() };
      steps.set(key, step);
    }
    step.times.push(time, at);
  }
}
