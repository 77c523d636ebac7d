import { expect, it } from 'vitest';
import { compareUnknown } from '../../../src/compare/statuses/unknown-errors.ts';
import type { OperationStats } from '../../../src/profile/operation-stats.ts';
import { operationPair } from '../view/make.ts';
import { side } from './side.ts';

const compare = (cand: OperationStats, base = side(0, { count: 0 })) =>
  compareUnknown([operationPair('orders GET /a', base, cand)]).findings;
const told = (...given: Parameters<typeof compare>) =>
  compare(...given).map(
    ({ severity, rule, undecided }) => `${severity} ${rule}${undecided ? ' ?' : ''}`,
  );
const WARNS = 'warning error.new-status';

it('an operation that the baseline has not is told where the server fails, and never decided', () => {
  const of = (count: number, some = count, status = '500') => told(side(some, { count, status }));
  expect([of(2), of(3), of(7)]).toEqual([[], [WARNS], [WARNS]]);
  expect([of(8), of(16, 8), of(400)]).toEqual(Array(3).fill([`${WARNS} ?`]));
  expect(of(17, 8)).toEqual([WARNS]);
  expect(of(50, 50, '404')).toEqual([]);
  expect(told(side(50, { count: 50, status: undefined }))).toEqual([]);
  expect(told(side(400), side(0, { count: 1 }))).toEqual([]);
});

it('an operation that the baseline has not is told without an effect', () => {
  expect(compare(side(9, { count: 10 }))).toMatchObject([
    {
      summary: 'Status 500 (server error) in 9 of 10 calls; the baseline has none of them.',
      baseline: 0,
      candidate: 9,
      effect: null,
      interval: null,
      samples: { baseline: 0, candidate: 10 },
      undecided: 'nothing tells a new error from one that was always there',
    },
  ]);
});
