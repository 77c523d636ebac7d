import { vi } from 'vitest';

/** A mutant that a property finds is found soon: so many runs are enough. */
const RUNS = 15;

vi.mock('fast-check', async (original) => {
  const { default: fc } = await original<typeof import('fast-check')>();
  const assert: typeof fc.assert = (property, parameters = {}) =>
    fc.assert(property, { ...parameters, numRuns: Math.min(parameters.numRuns ?? RUNS, RUNS) });
  return { default: { ...fc, assert } };
});
