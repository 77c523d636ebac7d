import { expect, it } from 'vitest';
import type { CascadeStep } from '../../../src/incident/investigation.ts';
import { cascadeDrawing } from '../../../src/report/page/incident/cascade-drawing.ts';

function step(from: string, to: string, at?: number): CascadeStep {
  return {
    from: { workload: from },
    to: { workload: to },
    effect: 'errors',
    ...(at !== undefined && { since: { at, from: at, to: at } }),
    calls: 1,
    of: 1,
    evidence: [],
  };
}

const orderOf = (steps: readonly CascadeStep[]) =>
  cascadeDrawing(steps).steps.map(({ from, to }) => `${from.workload}→${to.workload}`);

it('tells steps in order of onset', () => {
  expect(orderOf([step('a', 'b', 5), step('a', 'c', 3), step('a', 'd')])).toEqual([
    'a→c',
    'a→b',
    'a→d',
  ]);
});

it('tells no step before what reached its beginning, whatever the estimates say', () => {
  const steps = [step('b', 'c', 1), step('c', 'd', 2), step('a', 'b', 3)];
  expect(orderOf(steps)).toEqual(['a→b', 'b→c', 'c→d']);
  const { origins, reachedBy } = cascadeDrawing(steps);
  expect([...origins]).toEqual(['a']);
  expect(Object.fromEntries(reachedBy)).toEqual({ b: 1, c: 2, d: 3 });
});

it('goes around a circle once', () => {
  expect(orderOf([step('b', 'a', 2), step('a', 'b', 1)])).toEqual(['a→b', 'b→a']);
});
