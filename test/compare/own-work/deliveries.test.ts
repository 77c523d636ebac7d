import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import { compareProfiles } from '../../../src/compare/compare.ts';
import type { Finding } from '../../../src/compare/finding.ts';
import { tellDeliveries } from '../../../src/compare/own-work/deliveries.ts';
import type { OperationPair } from '../../../src/compare/pairs.ts';
import { Profiler } from '../../../src/profile/profiler.ts';
import { call, json } from '../../support/calls.ts';
import { finding } from '../../support/judgements.ts';
import { madeOnce } from '../../support/made-once.ts';
import { type ByCaller, pairOf } from './make.ts';

const MESSAGES = 80;
const END = 240_000;

interface Day {
  /** Consumers that take messages, and until when (0…1). */
  readonly takers?: Readonly<Record<string, number>>;
  /** In which part of the time (0…1) messages are taken at all. */
  readonly open?: readonly [from: number, to: number];
  /** How long messages wait at most, ms. */
  readonly late?: number;
  /** Whether each message is for one of those who take. */
  readonly shared?: boolean;
  readonly published?: number;
  readonly total?: string | number;
}

/** Orders publishes to an exchange; RabbitMQ sends on, sooner or later, to who takes. */
function captured(side: string, day: Day = {}) {
  const { takers = { auditor: 1 }, open = [0, 1], late = 20_000 } = day;
  const { published = MESSAGES, total = 1.5, shared = false } = day;
  const calls: Call[] = [];
  const add = (ts: number, from: string, to: string, method: string) =>
    calls.push(
      call({
        ...{ id: `${side}/${calls.length}`, ts, from, to, method, latency: 1 },
        ...{ protocol: 'amqp', path: 'orders/created', status: '0' },
        requestBody: json({ id: calls.length, total }),
      }),
    );
  for (let i = 0; i < published; i++) {
    const ts = (i * END) / published + ((i * 389) % 900);
    add(ts, 'orders', 'rabbit', 'basic publish');
    const all = Object.entries(takers);
    for (const [taker, until] of shared ? all.slice(i % all.length).slice(0, 1) : all) {
      const taken = ts + 5 + ((i * 7919) % late);
      const isOpen = ts >= open[0] * END && ts < open[1] * END;
      if (isOpen && ts < until * END) add(taken, 'rabbit', taker, 'basic deliver');
    }
  }
  const profiler = new Profiler();
  for (const one of calls.sort((a, b) => a.ts - b.ts)) profiler.push({ kind: 'call', call: one });
  return profiler.finish();
}

const profiles = madeOnce(captured);

function findingsOf(before: Day, after: Day) {
  const options = { minSamples: 20 };
  return compareProfiles(profiles('b', before), profiles('c', after), options).findings;
}

function told(before: Day, after: Day): string[] {
  return findingsOf(before, after)
    .filter(({ severity }) => severity === 'breaking')
    .map(({ rule, operation, path, summary }) =>
      [rule, operation, path, /none (.*?)\./.exec(summary)?.[1]].join(' | '),
    );
}

describe('messages that a broker sends to a consumer', () => {
  const gone =
    'call.missing | rabbit BASIC.PUBLISH orders/created | auditor BASIC.DELIVER orders/created';

  it('are missing where none comes any more, however late they came', () => {
    expect(told({}, {})).toEqual([]);
    for (const late of [1, 20_000]) {
      expect(told({ late }, { late, takers: {} })).toEqual([`${gone} | now`]);
    }
    const takers = { auditor: 0, search: 1 };
    expect(told({ takers: { auditor: 1, search: 1 } }, { takers })).toEqual([`${gone} | now`]);
  });

  it('are no loss where another consumer is sent as many more', () => {
    const stopped = (before: Day, after: Day) =>
      told({ ...before, shared: true }, { ...after, shared: true }).filter((line) =>
        line.endsWith('| now'),
      );
    const both = { takers: { auditor: 1, search: 1 } };
    expect(stopped(both, { takers: { search: 1 } })).toEqual([]);
    expect(stopped({}, { takers: { search: 1 } })).toEqual([]);
    expect(stopped({}, { takers: {} })).toEqual([`${gone} | now`]);
  });

  it('are missing from then on where they end on the way', () => {
    expect(told({}, { takers: { auditor: 0.5 } })).toEqual([
      expect.stringMatching(/\| in the last [34]\d % of the time$/),
    ]);
    expect(told({}, { takers: { auditor: 0.85 } })).toEqual([]);
  });

  it('are not where few or none were published, or came at times only', () => {
    expect(told({}, { published: 8, takers: {} })).toEqual([]);
    expect(told({ open: [0.3, 0.8] }, { open: [0.1, 0.6] })).toEqual([]);
  });

  it('change as what was published does, which is one finding', () => {
    for (const late of [1, 20_000]) {
      expect(told({ late }, { late, total: '1.5' })).toEqual([
        'schema.type-changed | rabbit BASIC.PUBLISH orders/created | request /total | ',
      ]);
    }
  });

  it('are told with how many were published since the last one', () => {
    const [operation, path] = [
      'rabbit BASIC.PUBLISH orders/created',
      'auditor BASIC.DELIVER orders/created',
    ];
    expect(findingsOf({}, { takers: { auditor: 0.5 } })).toEqual([
      {
        rule: 'call.missing',
        category: 'missing-call',
        severity: 'breaking',
        operation,
        path,
        summary: `No longer calls ${path} as messages come: 80 messages before, none in the last 47 % of the time. 37 were published meanwhile.`,
        baseline: 80,
        candidate: 40,
        effect: -40,
        interval: null,
        samples: { baseline: 80, candidate: 40 },
        chain: [operation, path],
        evidence: Array.from({ length: 3 }, () => ({
          callId: expect.stringMatching(/^b\//),
          side: 'baseline',
          note: 'the call made',
        })),
      },
    ]);
  });
});

describe('deliveries by slot of time', () => {
  const even = (count: number, each = 2): number[] => Array<number>(count).fill(each);
  const publish = 'rabbit BASIC.PUBLISH orders/created';
  const deliver = 'auditor BASIC.DELIVER orders/created';
  const published = (base = even(16), cand = base, operation = publish) =>
    pairOf(operation, { orders: base }, { orders: cand });
  const delivered = (base: ByCaller, cand: ByCaller = {}, operation = deliver) =>
    pairOf(operation, base, cand);
  const told = (...pairs: readonly OperationPair[]) =>
    tellDeliveries([], { pairs }).map(({ path }) => path);

  it('are known from twenty on, of one broker', () => {
    const of = (base: ByCaller) => told(published(even(10)), delivered(base));
    expect(of({ rabbit: even(10) })).toEqual([deliver]);
    expect(of({ rabbit: [1, ...even(9)] })).toEqual([]);
    expect(of({ rabbit: even(10), rabbit2: even(10) })).toEqual([]);
  });

  it('come without a pause of more than an eighth of the time', () => {
    const paused = (slots: number) =>
      told(published(), delivered({ rabbit: [...even(8), ...even(slots, 0), ...even(8 - slots)] }));
    expect([2, 3].map(paused)).toEqual([[deliver], []]);
  });

  it('are due by what was published since the last one', () => {
    const since = (last: number) => {
      const now = [...even(12, 9), ...even(4, last)];
      return told(published(even(16), now), delivered({ rabbit: even(16) }, { rabbit: even(12) }));
    };
    expect([2, 3].map(since)).toEqual([[], [deliver]]);
  });

  it('belong to what was published at the broker under the same name', () => {
    const lost = delivered({ rabbit: even(16) });
    const other = (operation: string) => published(even(16), [], operation);
    expect(told(lost)).toEqual([]);
    expect(told(published(), lost, other('rabbit BASIC.GET orders/created'))).toEqual([deliver]);
    expect(told(published(), other('rabbit BASIC.PUBLISH orders/paid'), lost)).toEqual([deliver]);
    expect(told(published(even(16), even(16), 'rabbit BASIC.PUBLISH orders/paid'), lost)).toEqual(
      [],
    );
    const asked = delivered({ rabbit: even(16) }, {}, 'auditor POST orders/created');
    expect(told(published(), asked)).toEqual([]);
  });

  it('are no loss where others of the same messages are sent half of what was due more', () => {
    const lost = delivered({ rabbit: even(16) });
    const search = (cand: readonly number[], what = 'created', base = 1) =>
      delivered(
        { rabbit: even(16, base) },
        { rabbit: cand },
        `search BASIC.DELIVER orders/${what}`,
      );
    expect(told(published(), lost, search([...even(15), 1]))).toEqual([deliver]);
    expect(told(published(), lost, search(even(16)))).toEqual([]);
    const paid = published(even(16), even(16), 'rabbit BASIC.PUBLISH orders/paid');
    expect(told(published(), paid, lost, search(even(16), 'paid'))).toEqual([deliver]);
    expect(told(published(even(16), even(16, 4)), lost, search(even(16, 4), 'created', 2))).toEqual(
      [deliver],
    );
  });

  it('take the place of what was found missing of them, and of nothing else', () => {
    const pairs = [published(), delivered({ rabbit: even(16) })];
    const found = (operation: string, path: string, rule: Finding['rule'] = 'call.missing') =>
      finding({ rule, operation, path, summary: 'found' });
    const others = [
      found(publish, 'search BASIC.DELIVER orders/created'),
      found('orders POST /orders', deliver),
      found(publish, deliver, 'call.extra'),
    ];
    const same = [found(publish, deliver), found(publish, deliver, 'call.count-changed')];
    const [lost] = tellDeliveries([], { pairs });
    expect(tellDeliveries([...same, ...others], { pairs })).toEqual([...others, lost]);
  });
});
