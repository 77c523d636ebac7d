import { expect, it } from 'vitest';
import { nearest } from '../../src/support/nearest.ts';

const known = ['once', 'json', 'min-samples', 'window', 'workload'];

it.each([
  ['jsn', 'json'],
  ['onec', 'once'],
  ['jnos', undefined],
  ['windows', 'window'],
  ['worklod', 'workload'],
  ['min', 'min-samples'],
  ['zebra', undefined],
  ['', undefined],
  ['x'.repeat(10_000), undefined],
])('%s stands for %s', (name, expected) => {
  expect(nearest(name, known)).toBe(expected);
});
