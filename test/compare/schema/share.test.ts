import { describe, expect, it } from 'vitest';
import {
  isForced,
  type Share,
  smallestDecided,
  standing,
  weigh,
  weighMove,
  weighShift,
} from '../../../src/compare/schema/share.ts';
import {
  heavier,
  isTold,
  onEvidence,
  orderOf,
  type Weight,
} from '../../../src/compare/schema/weight.ts';

const of = (some: number, all: number): Share => ({ some, all });
const support = (minSamples = 20, base = 1, cand = base) => ({ minSamples, scale: { base, cand } });

/** Where the weight changes as more values show a move: [from how many on, which]. */
function steps(weightOf: (n: number) => Weight, most: number): [number, Weight][] {
  const found: [number, Weight][] = [];
  for (let n = 0; n <= most; n++) {
    const weight = weightOf(n);
    if (found.at(-1)?.[1] !== weight) found.push([n, weight]);
  }
  return found;
}

describe('a move between never, sometimes and always', () => {
  it('weighs by how many values show it', () => {
    const moves: [number, Weight][] = [
      [0, 'same'],
      [1, 'doubtful'],
      [5, 'likely'],
      [10, 'undecided'],
      [13, 'decided'],
    ];
    expect(steps((n) => weigh(of(50, 50), of(50 - n, 50), support()), 50)).toEqual(moves);
    expect(steps((n) => weigh(of(0, 50), of(n, 50), support()), 50)).toEqual(moves);
  });

  it('says nothing where fewer values are there than are asked for', () => {
    const small = (count: number) => (n: number) =>
      weigh(of(count, count), of(count - n, count), support());
    expect(steps(small(19), 4)).toEqual([
      [0, 'same'],
      [1, 'too few'],
    ]);
    expect(steps(small(20), 4)[1]).toEqual([1, 'doubtful']);
    expect(weigh(of(19, 19), of(49, 50), support())).toBe('too few');
    expect(weigh(of(50, 50), of(18, 19), support())).toBe('too few');
  });

  it('of less than a hundredth is rare data, however sure', () => {
    const big = (n: number) => weigh(of(20_000, 20_000), of(20_000 - n, 20_000), support());
    expect(big(199)).toBe('likely');
    expect(big(200)).toBe('decided');
  });

  it('is none where one side has no values, or both stand alike', () => {
    expect(weigh(of(0, 0), of(5, 5), support())).toBe('same');
    expect(weigh(of(5, 5), of(0, 0), support())).toBe('same');
    expect(weigh(of(20, 100), of(90, 100), support())).toBe('same');
  });

  it('counts by bodies, not by values: never and always stay what they are', () => {
    const half = support(20, 0.5);
    expect(steps((n) => weigh(of(50, 50), of(50 - n, 50), half), 50)).toEqual([
      [0, 'same'],
      [1, 'doubtful'],
      [10, 'likely'],
      [18, 'undecided'],
      [24, 'decided'],
    ]);
    expect(weigh(of(0, 50), of(50, 50), support(20, 1e-9))).toBe('too few');
    expect(weigh(of(2000, 2000), of(1999, 2000), support(20, 0.01))).toBe('doubtful');
    expect(weigh(of(0, 2000), of(1, 2000), support(20, 0.01))).toBe('doubtful');
    expect(weigh(of(0, 50), of(50, 50), support(20, 1, 0.1))).toBe('decided');
    expect(weigh(of(0, 50), of(50, 50), support(20, 0.1, 0.1))).toBe('likely');
  });

  it('is decided, whatever its support, where hardly any samples are asked for', () => {
    expect([isForced(support(4)), isForced(support(5))]).toEqual([true, false]);
    expect(weigh(of(1, 1), of(0, 1), support(4))).toBe('decided');
    expect(weigh(of(1, 1), of(0, 1), support(5))).toBe('too few');
    expect(weighMove(of(1, 1), of(0, 1), support(4))).toBe('too few');
    expect(weigh(of(1, 1), of(1, 1), support(4))).toBe('same');
  });
});

it('a shift inside sometimes weighs in both directions', () => {
  expect(steps((n) => weighShift(of(20, 100), of(n, 100), support()), 100)).toEqual([
    [0, 'decided'],
    [3, 'undecided'],
    [5, 'likely'],
    [11, 'doubtful'],
    [32, 'likely'],
    [41, 'undecided'],
    [46, 'decided'],
  ]);
});

it('the smallest number that is decided is the first that weighs so', () => {
  for (const [base, cand] of [
    [50, 50],
    [8, 8],
    [1000, 30],
    [20_000, 20_000],
  ] as const) {
    const least = smallestDecided(base, cand) as number;
    expect(weigh(of(base, base), of(cand - least, cand), support())).toBe('decided');
    expect(weigh(of(base, base), of(cand - least + 1, cand), support())).not.toBe('decided');
  }
  expect(smallestDecided(5, 5)).toBeUndefined();
});

it('what is told is at least likely, and the heavier of two stands', () => {
  const order: readonly Weight[] = [
    'same',
    'too few',
    'doubtful',
    'likely',
    'undecided',
    'decided',
  ];
  expect(order.map(isTold)).toEqual([false, false, false, true, true, true]);
  for (const [i, light] of order.entries()) {
    for (const heavy of order.slice(i)) {
      expect(heavier(light, heavy)).toBe(heavy);
      expect(heavier(heavy, light)).toBe(heavy);
      expect(orderOf(heavy)).toBeGreaterThanOrEqual(orderOf(light));
    }
  }
  const found = (severity: 'breaking' | 'warning') =>
    order.map((weight) => {
      const told = onEvidence(severity, weight);
      return told.undecided === undefined ? told.severity : `${told.severity} ?`;
    });
  expect(found('breaking')).toEqual(['info', 'info', 'info', 'warning', 'warning ?', 'breaking']);
  expect(found('warning')).toEqual(['info', 'info', 'info', 'warning', 'warning', 'warning']);
  expect([of(0, 5), of(1, 5), of(5, 5), of(6, 5)].map(standing)).toEqual([
    'never',
    'sometimes',
    'always',
    'always',
  ]);
});
