import { describe, expect, it } from 'vitest';
import { Fanout } from '../../src/profile/fanout.ts';
import { readChildKey } from '../../src/profile/fanout-child.ts';
import { ChildStats } from '../../src/profile/fanout-child-stats.ts';
import { EdgeTotals } from '../../src/profile/fanout-edges.ts';
import { texts, wholeNumber } from '../../src/profile/fanout-json.ts';
import { readLines } from '../../src/profile/fanout-lines.ts';
import { readMultiset } from '../../src/profile/fanout-multiset.ts';
import { readRelation } from '../../src/profile/fanout-order.ts';
import { OutcomeFanout } from '../../src/profile/fanout-outcome.ts';
import { Retries } from '../../src/profile/fanout-retries.ts';
import { TargetMap } from '../../src/profile/fanout-targets.ts';
import { Passed } from '../../src/profile/passed.ts';
import { PassedOn } from '../../src/profile/passed-on.ts';
import { refuses } from './refuses.ts';

const counts = { create: () => 0, merge: () => {} };
const family = {
  workload: 'w',
  protocol: 'http',
  method: 'GET',
  separator: '/',
  mutation: false,
  targets: [],
};
const retries = { calls: 1, handled: 1, spacing: [[0], [0], [0], [0]] };
const child = {
  calls: 1,
  sure: 1,
  expected: 1,
  outside: 0,
  headers: [0, 0, []],
  retries: null,
  examples: [],
  counts: [],
};
const many = <T>(length: number, of: (i: number) => T) => Array.from({ length }, (_, i) => of(i));

describe('damaged', () => {
  refuses([
    ['a count', wholeNumber, 'not a count', [null, '1', -1, 0.5, 2 ** 53, true]],
    ['texts', texts, 'not a list of texts', [null, 'a', {}]],
    ['texts', texts, 'not a text', [[1], ['a', null]]],
    ['a fan-out', Fanout.fromJSON, 'not a fan-out', [null, {}, ['2xx'], [[1, {}]], [{ 0: '2xx' }]]],
    ['a fan-out', Fanout.fromJSON, 'not a fan-out', [many(17, (i) => [`${i}`, {}])]],
    ['an outcome', OutcomeFanout.fromJSON, 'not a fan-out', [null, 'x', []]],
    [
      'retries',
      Retries.fromJSON,
      'not retries',
      [7, 'x', [], {}, { ...retries, spacing: [[0], [0], [0]] }, { ...retries, spacing: '' }],
    ],
    ['retries', Retries.fromJSON, 'not retries', [{ ...retries, spacing: many(5, () => [0]) }]],
    [
      'child calls',
      ChildStats.fromJSON,
      'not child calls',
      [
        null,
        [],
        { ...child, counts: {} },
        { ...child, headers: {} },
        { ...child, counts: [1] },
        { ...child, counts: [[0, 1, []]] },
        { ...child, counts: [[33, 1, []]] },
      ],
    ],
    [
      'what was passed on',
      Passed.fromJSON,
      'not what was passed on',
      [null, 7, [], { seen: 1, passed: 2 }],
    ],
    [
      'named values',
      (json) => PassedOn.fromJSON({ answers: json ?? null }),
      'not named values',
      [
        null,
        {},
        [7],
        [[1, {}]],
        Array(25).fill(['a', { seen: 0, passed: 0, others: [], things: [] }]),
      ],
    ],
    ['edges', EdgeTotals.fromJSON, 'not edges', [null, {}, ['a'], [[1, []]], [{ 0: 'a', 1: [] }]]],
    [
      'an edge',
      EdgeTotals.fromJSON,
      'not an edge',
      [[['a', [{ ...family, targets: [[['x'], 7]] }]]]],
    ],
    [
      'targets',
      (json) => TargetMap.fromJSON(json, counts, () => 0),
      'not targets',
      [
        null,
        {},
        [null],
        [[]],
        [{ ...family, workload: 1 }],
        [{ ...family, protocol: 1 }],
        [{ ...family, method: 1 }],
        [{ ...family, mutation: 1 }],
        [{ ...family, separator: '-' }],
        [{ ...family, targets: {} }],
        [{ ...family, targets: ['ab'] }],
        [{ ...family, targets: [[['x']]] }],
        [{ ...family, targets: [[['x'], 1, 1]] }],
      ],
    ],
    [
      'counted lines',
      (json) => readLines(json, 64),
      'not counts',
      [
        null,
        [],
        { capped: false, lines: [], counts: {} },
        { capped: false, lines: [], counts: [1] },
        { capped: false, lines: ['a'], counts: [[1, 1]] },
        { lines: ['a'], counts: [[1, 0]] },
      ],
    ],
    ['a multiset', readMultiset, 'not a multiset', ['x', ' x', '0 x', '1.5 x', 'a b']],
    ['a relation', readRelation, 'not a relation', ['', 'a', 'a\n<', 'a\n=\nb', 'a\n\nb']],
    [
      'a target',
      readChildKey,
      'not a target',
      ['{', '{}', '"x"', '[1]', '["w","h","G","/",false,1]'],
    ],
  ]);
});

it('child calls are counted by how many there were, one to thirty-two', () => {
  const counts = [
    [1, 1, []],
    [32, 1, []],
  ];
  expect(ChildStats.fromJSON({ ...child, counts }).counts.map(([k]) => k)).toEqual([1, 32]);
  expect(wholeNumber(0)).toBe(0);
});
