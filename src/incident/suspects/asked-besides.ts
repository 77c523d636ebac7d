import type { Counted } from '../borrowed.ts';

/** Rejected calls, and well ended ones before, that say something. */
const FEW = 20;
/** Of the well ended calls that come usually, those that must still come. */
const STILL = 0.8;
/** Part of the rejected calls by which there must be more calls than usual, and standard errors of that. */
const MORE = 0.7;
const SURE = 3;

/** Of an operation and an ending, on one side: with it, all of the operation, and what users ask of others. */
export interface Asked extends Counted {
  readonly others: number;
}

/**
 * Whether rejected calls come beside what is asked usually, which goes on as well as ever: somebody asks
 * what is not to be had, and nothing that was served is rejected. What users ask of other operations
 * tells how long, and how busy, the sides are.
 */
export function askedBesides(is: Asked, was: Asked): boolean {
  if (is.count < FEW || was.calls - was.count < FEW || is.others === 0 || was.others === 0)
    return false;
  const scale = is.others / was.others;
  const [well, usually] = [is.calls - is.count, was.calls - was.count];
  if (well < STILL * scale * usually) return false;
  const more = is.calls - scale * was.calls;
  const error = Math.sqrt(is.calls + scale ** 2 * was.calls);
  return more > SURE * error && more >= MORE * (is.count - scale * was.count);
}
