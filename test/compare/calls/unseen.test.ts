import { describe, expect, it } from 'vitest';
import type { CallSubjects } from '../../../src/compare/subjects.ts';
import { fanoutOf, judged, type Made, pairOf } from './make.ts';

const stock: Made = { to: 'stock GET /a' };
const tracker: Made = { to: 'tracker GET /pixel' };

interface Given {
  /** Handled calls on each side. */
  readonly handled?: readonly [number, number];
  /** What they are about: so many things from the first one on, on each side. */
  readonly things?: number;
  readonly first?: readonly [number, number];
  /** The first so many of the candidate's call the tracker. */
  readonly some?: number;
  readonly made?: Made;
  readonly subjects?: CallSubjects;
}

/** How sure it is that the tracker was never called before. */
function sure(given: Given): string | undefined {
  const { handled = [15, 15], things = 15, first = [0, 100], some = 15, made = tracker } = given;
  const path = (begin: number) => (i: number) => `/orders/${begin + (i % things)}`;
  const base = fanoutOf(handled[0], () => [stock], { side: 'b', path: path(first[0]) });
  const makes = (i: number) => (i % things < some ? [stock, made] : [stock]);
  const cand = fanoutOf(handled[1], makes, { side: 'c', path: path(first[1]) });
  const { findings } = judged([{ ...pairOf(base, cand), subjects: given.subjects }]);
  const found = findings.find(({ rule }) => rule === 'call.new-destination');
  return found && `${found.severity}${found.undecided === undefined ? '' : ', undecided'}`;
}

describe('whether a baseline may have missed a callee', () => {
  it('is asked of the handled calls alone where either side has many', () => {
    expect(sure({ things: 3 })).toBe('warning, undecided');
    expect(sure({ handled: [20, 15], things: 3 })).toBe('breaking');
    expect(sure({ handled: [15, 20], things: 3 })).toBe('breaking');
    expect(sure({ handled: [19, 19], things: 3 })).toBe('warning, undecided');
  });

  it('is asked of what few of them were about, where that is not the same, of a callee inside', () => {
    expect([3, 4, 5, 6].map((things) => sure({ things }))).toEqual([
      'warning, undecided',
      'warning, undecided',
      'breaking',
      'breaking',
    ]);
    expect(sure({ things: 3, first: [0, 0] })).toBe('breaking');
    expect(sure({ things: 2 })).toBe('warning, undecided');
    expect(sure({ things: 2, made: { ...tracker, outside: true } })).toBe('breaking');
  });

  it('is asked of the things of those that call nobody besides as well', () => {
    const few = { handled: [19, 19], things: 4, some: 3 } as const;
    expect(sure(few)).toBe('warning, undecided');
    expect(sure({ ...few, first: [0, 1] })).toBe('warning, undecided');
    expect(sure({ ...few, first: [0, 0] })).toBe('breaking');
  });

  it('is asked of so many calls as tell anything, where most are about one thing', () => {
    const mostly = (base: number): CallSubjects => ({
      base: 10,
      cand: 10,
      each: { base: 1, cand: 1 },
      few: false,
      even: { base, cand: 1 },
    });
    const weight = (even: number) =>
      sure({ handled: [100, 100], things: 10, some: 2, subjects: mostly(even) });
    expect([0.1, 0.3, 0.5].map(weight)).toEqual([
      'warning, undecided',
      'warning, undecided',
      'breaking',
    ]);
  });
});
