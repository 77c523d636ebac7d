import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import { compareProfiles } from '../../../src/compare/compare.ts';
import { Profiler } from '../../../src/profile/profiler.ts';
import { call } from '../../support/calls.ts';
import { madeOnce } from '../../support/made-once.ts';

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
