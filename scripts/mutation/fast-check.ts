import real from 'fast-check';

/** A mutant that a property finds is found soon: so many runs are enough, and the smallest example needs no search. */
const RUNS = 5;

const assert = ((property, parameters = {}) =>
  real.assert(property, {
    ...parameters,
    numRuns: Math.min(parameters.numRuns ?? RUNS, RUNS),
    endOnFailure: true,
  })) as typeof real.assert;

export default { ...real, assert };
