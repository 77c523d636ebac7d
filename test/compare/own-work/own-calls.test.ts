import { describe, expect, it } from 'vitest';
import { callsByCaller } from '../../../src/compare/own-work/own-calls.ts';
import { type ByCaller, pairOf } from './make.ts';

const NOBODY = { base: new Map(), cand: new Map() };
const SEND = 'mail POST /send';
const told = (base: ByCaller, cand: ByCaller) =>
  [...callsByCaller({ pairs: [pairOf(SEND, base, cand)], background: NOBODY })].map(
    ([caller, calls]) => [
      caller,
      ...calls.map(({ base: before, cand: after }) => `${before} → ${after}`),
    ],
  );

describe('whom each workload called', () => {
  it('is told of all callers of either side, not of who calls itself', () => {
    expect(told({ mailer: [2, 1], mail: [4] }, { mailer: [1], biller: [5] })).toEqual([
      ['mailer', '3 → 1'],
      ['biller', '0 → 5'],
    ]);
  });

  it('is not known where callers were too many to be kept apart', () => {
    const crowd = (count: number): ByCaller =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`caller${i}`, [30]]));
    expect(told(crowd(64), crowd(64))).toHaveLength(64);
    expect(told(crowd(64), crowd(65))).toEqual([]);
    expect(told(crowd(65), crowd(64))).toEqual([]);
  });
});
