import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import { compareProfiles } from '../../../src/compare/compare.ts';
import type { Profile } from '../../../src/profile/profile.ts';
import { Profiler } from '../../../src/profile/profiler.ts';
import { call, json } from '../../support/calls.ts';

interface Giving {
  /** Calls of how many orders one gives to the queue, and how many messages it gives. */
  readonly every?: number;
  readonly messages?: number;
  readonly orders?: number;
}

/** A shop that gives a message to a queue for each order, each of which holds a list of records itself. */
function captured(side: string, { every = 1, messages = every, orders = 200 }: Giving): Profile {
  const calls: Call[] = [];
  const add = (given: Partial<Call> & { from?: string; to?: string }) =>
    calls.push(call({ ...given, id: `${side}/${calls.length}` }));
  for (let i = 0; i < orders; i++) {
    const ts = i * 1000 + ((i * 389) % 400);
    add({ ts, latency: 40, from: 'web', to: 'shop', method: 'POST', path: '/orders' });
    if (i % every !== 0) continue;
    const records = Array.from({ length: messages }, () => ({ value: { records: [1, 2, 3] } }));
    const give = { protocol: 'kafka', method: 'PRODUCE', path: 'orders', latency: 3 };
    add({ ...give, ts: ts + 5, from: 'shop', to: 'queue', requestBody: json({ records }) });
  }
  const profiler = new Profiler();
  for (const one of calls) profiler.push({ kind: 'call', call: one });
  return profiler.finish();
}

function found(base: Giving, cand: Giving): string[] {
  const { findings } = compareProfiles(captured('b', base), captured('c', cand), {
    minSamples: 20,
  });
  return findings
    .filter(({ rule }) => rule.startsWith('call.'))
    .map(({ severity, rule, summary }) =>
      [severity, rule, /\(\d+ → \d+/.exec(summary)?.[0]].join(' '),
    );
}

describe('messages that handled calls give to a queue', () => {
  it('are the same, however many go together', () => {
    const told = 'info call.missing (200 → 200';
    expect(found({}, { every: 5 })).toEqual([told]);
    expect(found({ every: 5 }, {})).toEqual(['info call.count-changed (200 → 200']);
    expect(found({}, { every: 4, orders: 400 })).toEqual(['info call.missing (200 → 400']);
  });

  it('are missing where they are fewer as well', () => {
    expect(found({}, { every: 5, messages: 1 })).toEqual(['breaking call.missing ']);
    expect(found({}, { every: 5, messages: 2 })).toEqual(['breaking call.missing ']);
    expect(found({ messages: 5 }, { every: 5, messages: 5 })).toEqual(['breaking call.missing ']);
  });
});
