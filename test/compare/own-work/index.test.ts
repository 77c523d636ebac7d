import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import { compareProfiles } from '../../../src/compare/compare.ts';
import type { Finding } from '../../../src/compare/finding.ts';
import type { Profile } from '../../../src/profile/profile.ts';
import { Profiler } from '../../../src/profile/profiler.ts';
import { call, json } from '../../support/calls.ts';
import { madeOnce } from '../../support/made-once.ts';

interface Work {
  readonly minutes?: number;
  /** Whether it takes messages: else it may be people who ask. */
  readonly consumer?: boolean;
  /** Events every so many ms, each of which is noted. */
  readonly every?: number;
  readonly notes?: boolean;
  /** Mails an event; their path. */
  readonly mails?: number;
  readonly path?: string;
  /** Whom it mails, in turn. */
  readonly hosts?: readonly string[];
  /** Heartbeats to its queue. */
  readonly beats?: number;
  /** Only in this part of the time (0…1). */
  readonly until?: number;
  /** What else is written for an event. */
  readonly also?: string;
  /** It works in this part of the time alone (0…1). */
  readonly alive?: number;
  /** What it is called. */
  readonly worker?: string;
  /** Where its messages are seen: in what it fetches, or also as they are published, in lists or alone. */
  readonly messages?: 'fetched' | 'published' | 'published alone';
  /** How many of them are fetched at a time. */
  readonly together?: number;
  /** What it fetches, and how many a second; empty where only an id is known. */
  readonly topic?: string;
  readonly fetches?: number;
  /** Bytes of what it fetches. */
  readonly size?: number;
  /** Polls of its own, by the clock, every so many ms. */
  readonly polls?: number;
}

/** A consumer that notes and mails what comes; people search meanwhile; nothing else is handled by it. */
function captured(side: string, work: Work = {}): Profile {
  const {
    minutes = 6,
    consumer = true,
    every = 3000,
    notes = true,
    mails = 1,
    path = '/send',
    hosts = ['mail.example.com'],
    beats = 0,
    until = 1,
    also,
    alive = 1,
    worker = 'mailer',
    messages,
    together = 1,
    topic = 'events',
    fetches = 1,
    size,
    polls = 0,
  } = work;
  const calls: Call[] = [];
  const add = (given: Partial<Call> & { from?: string; to?: string }) =>
    calls.push(call({ ...given, id: `${side}/${calls.length}` }));
  const end = minutes * 60_000;
  const last = alive * end;
  for (let at = 0; at < end; at += 1000) {
    add({
      ts: at + (((at / 1000) * 389) % 900),
      latency: 40,
      from: 'web',
      to: 'shop',
      path: '/search',
    });
    const take = { protocol: 'kafka', method: 'FETCH', path: topic };
    const count = at % every === 0 ? together : 0;
    const found = messages === 'fetched' ? { responseBody: json(records(count)) } : {};
    for (let i = 0; i < fetches && consumer && at < last; i++) {
      const ts = at + 50 + (900 * i) / fetches;
      add({
        ...take,
        ...found,
        responseSize: size,
        ts,
        latency: 900 / fetches,
        from: worker,
        to: 'queue',
      });
    }
  }
  for (let at = 0; at < last; at += every) {
    const ts = at + (((at / 1000) * 577) % 2500);
    const write = { from: worker, method: 'POST', latency: 3 };
    const give = { protocol: 'kafka', method: 'PRODUCE', path: 'events', latency: 2 };
    const lists = messages === 'published' ? { requestBody: json(records(1)) } : {};
    if (messages?.startsWith('published'))
      add({ ...give, ...lists, ts: ts - 500, from: 'outside', to: 'queue' });
    if (notes) add({ ...write, ts, to: 'db', path: '/notes' });
    if (also) add({ ...write, ts: ts + 4, to: 'db', path: also });
    for (let i = 0; i < mails && at < until * end; i++)
      add({
        ...write,
        ts: ts + 8 + 100 * i,
        latency: 90,
        to: hosts[(at / every) % hosts.length] as string,
        path,
      });
  }
  for (let i = 0; i < beats; i++) {
    const beat = { protocol: 'kafka', method: 'HEARTBEAT', path: '', latency: 2 };
    add({ ...beat, ts: (i * last) / beats, from: worker, to: 'queue' });
  }
  for (let ts = 1; polls > 0 && ts < last; ts += polls)
    add({ ts, from: worker, to: 'db', path: '/settings', latency: 2 });
  const profiler = new Profiler();
  for (const one of calls.sort((a, b) => a.ts - b.ts)) profiler.push({ kind: 'call', call: one });
  return profiler.finish();
}

/** As Kafka's batches are shown: lists in lists. */
function records(count: number) {
  const record = Array.from({ length: count }, (_, offset) => ({ offset, value: 'order' }));
  return { topics: [{ name: 'events', records: count > 0 ? [{ records: record }] : [] }] };
}

const profiles = madeOnce(captured);

function findingsOf(base: Work, cand: Work): Finding[] {
  const { findings } = compareProfiles(profiles('b', base), profiles('c', cand), {
    minSamples: 20,
  });
  return findings.filter(({ rule }) => rule.startsWith('call.'));
}

function found(base: Work, cand: Work): string[] {
  return findingsOf(base, cand).map(({ severity, rule, path, undecided }) =>
    [severity, rule, path, ...(undecided ? ['?'] : [])].join(' '),
  );
}

const SEND = 'mail.example.com POST /send';

describe('work that no handled call caused', () => {
  it('is the same, also under half the load, in a shorter time, or beside more', () => {
    expect(found({}, {})).toEqual([]);
    expect(found({}, { every: 6000 })).toEqual([]);
    expect(found({}, { minutes: 3 })).toEqual([]);
    expect(found({}, { every: 1500 })).toEqual([]);
  });

  it('is missing where it goes on with what it did as often', () => {
    expect(found({}, { mails: 0 })).toEqual([`breaking call.missing ${SEND}`]);
    expect(found({ every: 6000 }, { mails: 0, every: 4000 })).toEqual([
      `breaking call.missing ${SEND}`,
    ]);
  });

  it('may follow the customers where several hosts are asked the same', () => {
    const [a = '', b = '', c = ''] = ['a', 'b', 'c'].map((name) => `${name}.example.com`);
    const missing = `call.missing ${a} POST /send`;
    expect(found({ hosts: [a, b] }, { hosts: [b] })).toEqual([`breaking ${missing}`]);
    expect(found({ hosts: [a, b, a, c] }, { hosts: [b, b, b, c] })).toEqual([
      `warning call.count-changed ${b} POST /send ?`,
      `warning ${missing} ?`,
    ]);
  });

  it('is done more often by more pods, where it is done as time goes by', () => {
    expect(found({ beats: 120 }, { beats: 360 })).toEqual([
      'warning call.count-changed queue HEARTBEAT',
    ]);
  });

  it('is taken more or less often as more or fewer messages come at a time', () => {
    const base = { every: 1000, fetches: 1 };
    expect(found(base, { ...base, fetches: 4 })).toEqual([]);
    expect(found({ ...base, fetches: 4, mails: 4 }, { ...base, mails: 4 })).toEqual([]);
  });

  it('is the same where the names of topics were told before one of the captures began', () => {
    expect(found({ topic: '' }, {})).toEqual([]);
    expect(found({}, { topic: '' })).toEqual([]);
    expect(found({}, { topic: 'other' })).toEqual(['warning call.missing queue FETCH events']);
  });

  it('is not decided where nothing shows whether anything came', () => {
    expect(found({ notes: false }, { notes: false, mails: 0 })).toEqual([
      `warning call.missing ${SEND} ?`,
    ]);
    expect(found({}, { notes: false, mails: 0 })).toEqual([
      'warning call.missing db POST /notes ?',
      `warning call.missing ${SEND} ?`,
    ]);
  });

  it('is nobody’s who takes no messages: a scenario may have changed', () => {
    const consumer = false;
    expect(found({ consumer }, { consumer, mails: 0 })).toEqual([]);
    expect(found({ consumer }, { consumer, mails: 2 })).toEqual([]);
  });

  it('is told where another stands in its place', () => {
    const other = 'mail.example.com POST /v2/send';
    expect(found({}, { path: '/v2/send' })).toEqual([
      `warning call.missing ${SEND}`,
      `warning call.mutation-added ${other}`,
    ]);
  });

  it('is missing as a whole where a worker stops, or never began', () => {
    const stopped = ['breaking call.missing queue FETCH events'];
    expect(found({}, { alive: 0 })).toEqual(stopped);
    expect(found({ beats: 40 }, { beats: 40, alive: 0.6 })).toEqual(stopped);
    expect(found({}, { alive: 0.9 })).toEqual([]);
    expect(found({ alive: 0.6 }, { alive: 0 })).toEqual([]);
    expect(found({}, { worker: 'mailer2' })).toContain('warning call.missing queue FETCH events');
  });

  it('is not known to have stopped by traces, which show a fetch only where a message came', () => {
    const rules = (source: 'traces' | 'calls') => {
      const [base, cand] = [captured('b'), captured('c', { alive: 0 })];
      for (const { capture } of [base, cand]) capture.sources.add(source);
      const { findings } = compareProfiles(base, cand, { minSamples: 20 });
      return findings.map(({ rule }) => rule).filter((rule) => rule === 'call.missing');
    };
    expect(rules('traces')).toEqual([]);
    expect(rules('calls')).toEqual(['call.missing']);
  });

  it('is nothing where it was a moment’s, or none was to be expected', () => {
    expect(found({ until: 0.4 }, { mails: 0 })).toEqual([]);
    expect(found({ every: 9000 }, { mails: 0, every: 9000, minutes: 1 })).toEqual([]);
  });

  it('breaks where it is done twice for what is done once', () => {
    expect(found({}, { mails: 2 })).toEqual([`breaking call.count-changed ${SEND}`]);
  });

  describe.each(['fetched', 'published', 'published alone'] as const)(
    'for messages %s',
    (messages) => {
      const base = { messages, notes: false };

      it('is as often as they come', () => {
        expect(found(base, base)).toEqual([]);
        expect(found(base, { ...base, every: 6000 })).toEqual([]);
        expect(found({ ...base, every: 6000 }, base)).toEqual([]);
        expect(found({ ...base, mails: 2 }, { ...base, mails: 2, every: 6000 })).toEqual([]);
      });

      it('breaks where it is done more often for each', () => {
        expect(found(base, { ...base, mails: 3 })).toEqual([`breaking call.count-changed ${SEND}`]);
        expect(found({ ...base, mails: 2 }, { ...base, mails: 4, every: 4000 })).toEqual([
          `breaking call.count-changed ${SEND}`,
        ]);
      });

      it('is missing where they come and it is not done', () => {
        expect(found(base, { ...base, mails: 0 })).toEqual([`breaking call.missing ${SEND}`]);
      });

      it('is nothing where it goes by the clock', () => {
        const polling = { ...base, polls: 3000 };
        expect(found(polling, { ...polling, every: 6000 })).toEqual([]);
      });
    },
  );

  describe('for messages that are fetched several at a time', () => {
    const base = { messages: 'fetched', notes: false, together: 5 } as const;

    it('is as often as they come', () => {
      expect(found(base, { ...base, every: 6000 })).toEqual([]);
      expect(found(base, { ...base, together: 20 })).toEqual([]);
      expect(found({ ...base, mails: 2, every: 6000 }, { ...base, mails: 2 })).toEqual([]);
    });

    it('breaks where it is done more often for each time', () => {
      expect(found(base, { ...base, mails: 3 })).toEqual([`breaking call.count-changed ${SEND}`]);
      expect(found(base, { ...base, mails: 3, together: 15 })).toEqual([]);
    });

    it('is missing where they come and it is not done', () => {
      expect(found(base, { ...base, mails: 0 })).toEqual([`breaking call.missing ${SEND}`]);
    });
  });

  it('is not judged by what was fetched where that was too long to be seen whole', () => {
    const base = { messages: 'fetched', notes: false } as const;
    const size = 3 << 20;
    expect(found({ ...base, size }, { ...base, mails: 3 })).toEqual([]);
    expect(found(base, { ...base, size, mails: 3 })).toEqual([]);
  });

  it('is told where it writes more, and not where it does less for each', () => {
    expect(found({ mails: 2 }, {})).toEqual([]);
    expect(found({}, { also: '/log' })).toEqual(['warning call.mutation-added db POST /log']);
  });
});

describe('a finding on work that no handled call caused', () => {
  const messages = 'published';
  const of = (path: string, baseline: number, candidate: number) => ({
    operation: 'mailer (background)',
    path,
    baseline,
    candidate,
    interval: null,
    samples: { baseline, candidate },
    chain: ['mailer (background)', path],
  });
  const calls = (side: 'baseline' | 'candidate', note: string) =>
    Array.from({ length: 3 }, () => ({
      callId: expect.stringMatching(`^${side[0]}/`) as string,
      side,
      note,
    }));

  it('tells of calls that are missing, beside what goes on', () => {
    expect(findingsOf({}, { mails: 0 })).toEqual([
      {
        ...of(SEND, 120, 0),
        rule: 'call.missing',
        category: 'missing-call',
        severity: 'breaking',
        summary: `No longer calls ${SEND} by itself: 120 calls before, none now. It goes on with db POST /notes (120 → 120 calls), which it did as often.`,
        effect: -120,
        evidence: calls('baseline', 'the call made'),
      },
    ]);
  });

  it('tells of calls that are new', () => {
    expect(findingsOf({}, { also: '/log' })).toEqual([
      {
        ...of('db POST /log', 0, 120),
        rule: 'call.mutation-added',
        category: 'behaviour',
        severity: 'warning',
        summary: 'Now calls db POST /log by itself: 120 calls, none before.',
        effect: 120,
        evidence: calls('candidate', 'the new call'),
      },
    ]);
  });

  it('tells of calls that are more for each', () => {
    expect(findingsOf({}, { mails: 2 })).toEqual([
      {
        ...of(SEND, 120, 240),
        rule: 'call.count-changed',
        category: 'behaviour',
        severity: 'breaking',
        summary: `Calls ${SEND} by itself 2× as often (120 → 240 calls), beside db POST /notes (120 → 120).`,
        effect: 2,
        evidence: calls('candidate', 'the call made'),
      },
    ]);
  });

  it('tells of calls that ended', () => {
    expect(findingsOf({ beats: 40 }, { beats: 40, alive: 0.6 })).toEqual([
      {
        ...of('queue FETCH events', 360, 216),
        rule: 'call.missing',
        category: 'missing-call',
        severity: 'breaking',
        summary:
          'No longer calls queue FETCH events by itself: 360 calls before, none in the last 42 % of the time. It did so all the time, so it is stopped or hangs.',
        effect: -144,
        evidence: calls('baseline', 'the call made'),
      },
    ]);
  });

  it.each<[string, Work, Work]>([
    ['calls before, none now. Another POST is in its place.', {}, { path: '/v2/send' }],
    ['calls before, none now.', { notes: false }, { notes: false, mails: 0 }],
    [
      'It did so all the time, so it is stopped or hangs. mailer2 makes these calls instead.',
      {},
      { worker: 'mailer2' },
    ],
    [
      'It goes on with queue PRODUCE events (120 → 120 messages), which it did as often.',
      { messages, notes: false },
      { messages, notes: false, mails: 0 },
    ],
    [
      '3× as often (120 → 360 calls), beside the messages of queue PRODUCE events (120 → 120).',
      { messages, notes: false },
      { messages, notes: false, mails: 3 },
    ],
    [
      '3× as often (120 → 360 calls), beside the batches of queue FETCH events (120 → 120).',
      { messages: 'fetched', notes: false, together: 5 },
      { messages: 'fetched', notes: false, together: 5, mails: 3 },
    ],
    [
      'It goes on with queue FETCH events (120 → 120 batches), which it did as often.',
      { messages: 'fetched', notes: false, together: 5 },
      { messages: 'fetched', notes: false, together: 5, mails: 0 },
    ],
  ])('says why: %s', (words, before, after) => {
    const [first] = findingsOf(before, after);
    expect(first?.summary.endsWith(words)).toBe(true);
  });
});
