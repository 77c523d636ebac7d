import { describe, expect, it } from 'vitest';
import { silentWork } from '../../../src/compare/own-work/silent-work.ts';
import type { OperationPair } from '../../../src/compare/pairs.ts';
import { type ByCaller, callsOf, pairOf } from './make.ts';

const kafka = { protocol: 'kafka' };
const FETCH = 'queue FETCH events';
const slots = (count: number) => Array.from({ length: count }, (_, i) => i);
const even = (count: number, each = 2): number[] => Array<number>(count).fill(each);

interface Seen {
  readonly base?: ByCaller;
  readonly cand?: ByCaller;
  /** Slots of time with any calls. */
  readonly length?: readonly [base: number, cand: number];
  readonly timeRatio?: number;
  readonly beside?: readonly OperationPair[];
}

/** What is told of a mailer that fetches: how heavy, of what, and how it ends. */
function told({ base, cand = {}, length = [16, 16], timeRatio = 1, beside = [] }: Seen = {}) {
  const fetch = pairOf(FETCH, base ?? { mailer: even(length[0]) }, cand, kafka);
  const mine = [...beside, fetch].map((pair) => callsOf('mailer', pair));
  const sides = { base: slots(length[0]), cand: slots(length[1]) };
  const { severity, path, summary } = silentWork('mailer', mine, sides, timeRatio) ?? {};
  return severity && `${severity} ${path}: ${/, none (.*)$/.exec(summary ?? '')?.[1]}`;
}

const stopped = (since: string) =>
  `breaking ${FETCH}: ${since}. It did so all the time, so it is stopped or hangs.`;

describe('a workload that looks for work no more', () => {
  it('did so twenty times or more, in eight slots of time or more on both sides', () => {
    expect(told({ base: { mailer: even(10) }, length: [10, 10] })).toBe(stopped('now'));
    expect(told({ base: { mailer: [1, ...even(9)] }, length: [10, 10] })).toBeUndefined();
    const often = { mailer: even(8, 3) };
    expect(told({ base: often, length: [8, 8] })).toBe(stopped('now'));
    expect(told({ base: often, length: [8, 7] })).toBeUndefined();
    expect(told({ base: { mailer: even(7, 3) }, length: [7, 8] })).toBeUndefined();
  });

  it('did so for nine tenths of the time', () => {
    expect(told({ base: { mailer: even(18) }, length: [20, 20] })).toBe(stopped('now'));
    expect(told({ base: { mailer: even(17) }, length: [20, 20] })).toBeUndefined();
  });

  it('is silent for a quarter of the time at its end, in which ten looks were due', () => {
    const silent = (calls: number, base: number, timeRatio = 1) =>
      told({ base: { mailer: even(16, base) }, cand: { mailer: even(calls, base) }, timeRatio });
    expect(silent(12, 4)).toBe(stopped('in the last 25 % of the time'));
    expect(silent(13, 4)).toBeUndefined();
    expect(silent(11, 2)).toBe(stopped('in the last 31 % of the time'));
    expect(silent(12, 2)).toBeUndefined();
    expect(silent(8, 2, 0.5)).toBeUndefined();
    expect(silent(8, 2, 0.7)).toBe(stopped('in the last 50 % of the time'));
  });

  it('is told by what it looked into most', () => {
    const rarely = pairOf('queue FETCH refunds', { mailer: even(16, 1) }, {}, kafka);
    expect(told({ beside: [rarely] })).toBe(stopped('now'));
  });

  it('is not known where others look for the same', () => {
    expect(told({ base: { mailer: even(16), biller: even(16) } })).toBeUndefined();
    expect(told({ cand: { mailer: even(8), biller: even(16) } })).toBeUndefined();
  });

  it('may go on with what it alone calls, and others with what they call', () => {
    const notes = (base: ByCaller, cand: ByCaller) => pairOf('db POST /notes', base, cand);
    const half = { cand: { mailer: even(8) } };
    const all = { mailer: even(16) };
    expect(told({ ...half, beside: [notes(all, all)] })).toBeUndefined();
    expect(told({ ...half, beside: [notes(all, { ...all, biller: even(16) })] })).toBe(
      stopped('in the last 50 % of the time'),
    );
  });

  it('has a successor in who looks for it only now', () => {
    const ended = stopped('now').replace('breaking', 'warning');
    expect(told({ cand: { mailer2: even(16) } })).toBe(
      `${ended} mailer2 makes these calls instead.`,
    );
    const base = { mailer: even(16), biller: even(16) };
    const beside = [pairOf('db POST /notes', { mailer: even(16) }, {})];
    expect(told({ base, beside, cand: { biller: even(16) } })).toBe(stopped('now'));
  });
});
