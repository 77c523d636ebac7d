import { meanOf } from './sample.ts';
import type { Side } from './side.ts';
import { stepsOf } from './steps.ts';

/** Which callee a caller's slower steps all lie beside, and the share of its added own time in them. */
export interface Around {
  readonly callee: number;
  readonly share: number;
}

/** Calls on both sides that a step needs to say anything. */
const FEW = 5;
/** Standard errors by which each step beside the callee must have grown. */
const SURE = 3;
/** Share of the caller's added time that must lie beside the callee, and how much other steps may grow, of that. */
const MOST = 0.6;
const ELSEWHERE = 0.25;

interface Grown {
  readonly prev: number;
  readonly next: number;
  /** Calls of the incident; ms a call. */
  readonly calls: number;
  readonly excess: number;
  readonly error: number;
}

/**
 * Callers whose own time grew only beside their calls to one workload, in several steps that have
 * nothing else in common: then the time goes by on the way to it, or in it where it isn't seen.
 */
export function aroundOf(good: Side, bad: Side): Map<number, Around> {
  const before = stepsOf(good);
  const callers = new Map<number, Grown[]>();
  for (const [key, { workload, prev, next, times }] of stepsOf(bad)) {
    const was = before.get(key)?.times;
    if (!was || was.size < FEW || times.size < FEW) continue;
    const [then, now] = [meanOf(was), meanOf(times)];
    const grown = {
      prev,
      next,
      calls: times.size,
      excess: now.mean - then.mean,
      error: Math.hypot(then.error, now.error),
    };
    callers.set(workload, [...(callers.get(workload) ?? []), grown]);
  }
  const around = new Map<number, Around>();
  for (const [caller, steps] of callers) {
    const found = besideOne(steps);
    if (found) around.set(caller, found);
  }
  return around;
}

function besideOne(steps: readonly Grown[]): Around | undefined {
  const total = sumOf(steps);
  if (total <= 0) return undefined;
  const callees = new Set(steps.flatMap(({ prev, next }) => [prev, next]));
  callees.delete(-1);
  for (const callee of callees) {
    const beside = steps.filter(({ prev, next }) => prev === callee || next === callee);
    const share = sumOf(beside) / total;
    if (share < MOST) continue;
    const after = beside.filter(({ prev }) => prev === callee);
    const ahead = beside.filter(({ next }) => next === callee);
    if (!growAll(after) && !growAll(ahead)) continue;
    const rest = steps.filter((step) => !beside.includes(step));
    if (rest.length === 0) continue;
    if (sumOf(rest) / countOf(rest) > (ELSEWHERE * sumOf(beside)) / countOf(beside)) continue;
    return { callee, share: Math.min(1, share) };
  }
  return undefined;
}

/** Whether there are several, and each of them grew. */
function growAll(steps: readonly Grown[]): boolean {
  return steps.length > 1 && steps.every(({ excess, error }) => excess > SURE * error);
}

function sumOf(steps: readonly Grown[]): number {
  return steps.reduce((sum, { excess, calls }) => sum + Math.max(0, excess) * calls, 0);
}

function countOf(steps: readonly Grown[]): number {
  return steps.reduce((sum, { calls }) => sum + calls, 0);
}
