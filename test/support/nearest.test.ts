import { expect, it } from 'vitest';
import { nearest } from '../../src/support/nearest.ts';

const known = ['json', 'min-samples', 'window', 'workload'];

it.each([
  ['jsn', 'json'],
  ['windows', 'window'],
  ['worklod', 'workload'],
  ['min', 'min-samples'],
  ['zebra', undefined],
  ['', undefined],
  ['x'.repeat(10_000), undefined],
])('%s stands for %s', (name, expected) => {
  expect(nearest(name, known)).toBe(expected);
});
