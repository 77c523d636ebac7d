import { sum } from '../../support/numbers.ts';
import { errorOf, meanOf } from './sample.ts';
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
      error: errorOf(then, now),
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
  const total = excessOf(steps);
  if (total <= 0) return undefined;
  const callees = new Set(steps.flatMap(({ prev, next }) => [prev, next]));
  callees.delete(-1);
  for (const callee of callees) {
    const beside = steps.filter(({ prev, next }) => prev === callee || next === callee);
    const share = excessOf(beside) / total;
    if (share < MOST) continue;
    const after = beside.filter(({ prev }) => prev === callee);
    const ahead = beside.filter(({ next }) => next === callee);
    const [behind, before] = [after.map(({ next }) => next), ahead.map(({ prev }) => prev)];
    const grown = growAll(after) && areSeveral(behind);
    if (!grown && !(growAll(ahead) && areSeveral(before))) continue;
    const rest = steps.filter((step) => !beside.includes(step));
    if (rest.length === 0) continue;
    if (excessACall(rest) > ELSEWHERE * excessACall(beside)) continue;
    return { callee, share: Math.min(1, share) };
  }
  return undefined;
}

function growAll(steps: readonly Grown[]): boolean {
  return steps.every(({ excess, error }) => excess > SURE * error);
}

/** Whether steps lead to, or from, calls to more than one workload: what it does before its first call and after its last is the caller's own. */
function areSeveral(neighbours: readonly number[]): boolean {
  return new Set(neighbours.filter((at) => at >= 0)).size > 1;
}

/** What the steps take longer than before, ms: all together, and a call. */
function excessOf(steps: readonly Grown[]): number {
  return sum(steps, ({ excess, calls }) => Math.max(0, excess) * calls);
}

function excessACall(steps: readonly Grown[]): number {
  return excessOf(steps) / sum(steps, ({ calls }) => calls);
}
