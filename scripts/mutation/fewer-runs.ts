import { vi } from 'vitest';

/** A mutant that a property finds is found soon: so many runs are enough, and the smallest example needs no search. */
const RUNS = 5;

vi.mock('fast-check', async (original) => {
  const { default: fc } = await original<typeof import('fast-check')>();
  const assert = ((property, parameters = {}) =>
    fc.assert(property, {
      ...parameters,
      numRuns: Math.min(parameters.numRuns ?? RUNS, RUNS),
      endOnFailure: true,
    })) as typeof fc.assert;
  return { default: { ...fc, assert } };
});
