import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import { compareProfiles } from '../../../src/compare/compare.ts';
import { clockedWork, goesByClock } from '../../../src/compare/own-work/clocked-work.ts';
import type { CallsTo } from '../../../src/compare/own-work/own-calls.ts';
import { Profiler } from '../../../src/profile/profiler.ts';
import { call } from '../../support/calls.ts';
import { madeOnce } from '../../support/made-once.ts';
import { type ByCaller, callsOf, pairOf } from './make.ts';

const END = 300_000;

interface Poll {
  /** From one to the next, ms; 0: none. */
  readonly every?: number;
  /** Until this part of the time (0…1). */
  readonly until?: number;
  /** Not by the clock but as it comes. */
  readonly irregular?: boolean;
  readonly path?: string;
  readonly worker?: string;
  /** Whether the worker is asked for its health. */
  readonly probed?: boolean;
  /** Until when people order (0…1). */
  readonly ordered?: number;
}

/** People order all the time; a worker polls what is set. */
function captured(side: string, poll: Poll = {}) {
  const { every = 5000, until = 1, irregular = false, probed = true } = poll;
  const { path = '/settings', worker = 'syncer', ordered = 1 } = poll;
  const profiler = new Profiler();
  const calls: Call[] = [];
  const add = (given: Partial<Call> & { from?: string; to?: string }) =>
    calls.push(call({ ...given, id: `${side}/${calls.length}` }));
  for (let at = 0; at < ordered * END; at += 1000) {
    const ts = at + (((at / 1000) * 389) % 900);
    add({ ts, latency: 40, from: 'web', to: 'shop', path: `/orders/${at}` });
  }
  for (let at = 0; probed && at < END; at += 10_000)
    add({ ts: at + 2500, to: worker, path: '/healthz' });
  for (let at = 0; every > 0 && at < until * END; at += every) {
    const shift = irregular ? ((at / every) ** 2 * 7919) % END : at + (at % 70);
    add({ ts: shift, latency: 3, from: worker, to: 'config', path });
  }
  for (const one of calls.sort((a, b) => a.ts - b.ts)) profiler.push({ kind: 'call', call: one });
  return profiler.finish();
}

const profiles = madeOnce(captured);

/** What is told of calls by the clock. */
function findingsOf(before: Poll, after: Poll) {
  const options = { minSamples: 20 };
  const { findings } = compareProfiles(profiles('b', before), profiles('c', after), options);
  return findings.filter(({ summary }) => summary.includes('by the clock'));
}

function told(before: Poll, after: Poll): string[] {
  return findingsOf(before, after).map(
    ({ severity, operation, path, summary }) =>
      `${severity} ${operation} ${path}: ${/none (.*?)\./.exec(summary)?.[1]}`,
  );
}

describe('calls by the clock', () => {
  const gone = 'breaking syncer (background) config GET /settings';

  it('that stop are missing where the caller serves others: else it may be a test', () => {
    expect(told({}, { every: 0 })).toEqual([`${gone}: now`]);
    expect(told({}, { every: 0, probed: false })).toEqual([`${gone}: now`]);
    expect(told({ probed: false }, { every: 0, probed: false })).toEqual([]);
  });

  it('that stop on the way are missing from then on', () => {
    const [half, most] = [0.5, 0.85].map((until) => told({}, { until }));
    expect(half).toEqual([
      expect.stringMatching(/^breaking .*: in the last [45]\d % of the time$/),
    ]);
    expect(most).toEqual([]);
  });

  it('are what a test asked at an even pace, where all ends with it', () => {
    expect(told({}, { until: 0.5, ordered: 0.5 })).toEqual([]);
  });

  it('go on by another clock, at another path, or by another worker', () => {
    expect(told({}, { every: 15_000 })).toEqual([]);
    expect(told({}, { every: 80_000, until: 0.6 })).toEqual([]);
    expect(told({}, { path: '/v2/settings' })).toEqual([]);
    expect(told({}, { worker: 'agent' })).toEqual([]);
  });

  it('are not those that come as it comes, or were few', () => {
    expect(told({ irregular: true }, { every: 0 })).toEqual([]);
    expect(told({ every: 12_000 }, { every: 0 })).toEqual([]);
  });
});

describe('calls in even distances', () => {
  const slots = (count: number) => Array.from({ length: count }, (_, i) => i);
  const even = (count: number, each = 2): number[] => Array<number>(count).fill(each);
  const polls = (path: string, base: number, cand: ByCaller = {}) =>
    callsOf('syncer', pairOf(path, base > 0 ? { syncer: even(20, base) } : {}, cand));

  it('are thirty or more, in six slots of time that are whole', () => {
    const go = (...counts: readonly number[]) =>
      goesByClock(
        callsOf('syncer', pairOf('db GET /', { syncer: counts }, {})),
        slots(counts.length),
      );
    expect([go(...even(8, 5)), go(...even(7, 5))]).toEqual([true, false]);
    expect([go(...even(10, 3)), go(2, ...even(9, 3))]).toEqual([true, false]);
    expect(go(0, 3, 5, 4, 4, 4, 4, 30)).toBe(true);
    expect(go(0, 9, 11, 9, 11, 9, 11, 0)).toBe(false);
  });

  const told = (mine: readonly CallsTo[], timeRatio = 1) =>
    clockedWork('syncer', mine, { base: slots(20), cand: slots(20) }, timeRatio)?.summary;
  const gone = 'No longer calls db GET /b by the clock:';

  it('are told by those that were most, with how many others ended', () => {
    expect(told([polls('db GET /b', 3)])).toBe(
      `${gone} 60 calls in even distances before, none now.`,
    );
    expect(told([polls('db GET /a', 2), polls('db GET /b', 3), polls('db GET /c', 2)])).toBe(
      `${gone} 60 calls in even distances before, none now. So it is with 2 more.`,
    );
  });

  it('are missing where ten of them were due', () => {
    const due = (timeRatio: number) => told([polls('db GET /b', 2)], timeRatio) !== undefined;
    expect([0.2, 0.25].map(due)).toEqual([false, true]);
    const late = (timeRatio: number) =>
      told([polls('db GET /b', 2, { syncer: even(14, 1) })], timeRatio) !== undefined;
    expect([0.8, 0.85].map(late)).toEqual([false, true]);
  });

  it('are made by another where these are ten or half as many, or others instead where they are half', () => {
    const agent = (calls: number) => [calls, ...even(9, 0)];
    const isMade = (others: number, timeRatio = 1) =>
      told([polls('db GET /b', 2, { agent: agent(others) })], timeRatio) === undefined;
    const isReplaced = (others: number, timeRatio = 1) => {
      const instead = polls('db GET /v2', 0, { syncer: agent(others) });
      return told([polls('db GET /b', 2), instead], timeRatio) === undefined;
    };
    expect([isMade(9), isMade(10)]).toEqual([false, true]);
    expect([isMade(7, 0.4), isMade(8, 0.4)]).toEqual([false, true]);
    expect([isReplaced(19), isReplaced(20)]).toEqual([false, true]);
    expect([isReplaced(9, 0.5), isReplaced(10, 0.5), isReplaced(20, 1.5)]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('are missing where somebody else makes one now and then', () => {
    expect(told([polls('db GET /b', 2, { admin: [0, 0, 0, 0, 0, 0, 0, 1] })])).toMatch(gone);
  });
});
