import { describe, expect, it } from 'vitest';
import type { Family } from '../../../src/calls/target.ts';
import { Destinations } from '../../../src/compare/calls/destinations.ts';
import { compareOwnWork } from '../../../src/compare/own-work/index.ts';
import type { OperationPair } from '../../../src/compare/pairs.ts';
import type { SideName } from '../../../src/compare/sides.ts';
import { edgeStats } from '../../../src/profile/fanout-edges.ts';
import { call, json } from '../../support/calls.ts';
import { type ByCaller, pairOf } from './make.ts';

const even = (count: number, each = 2): number[] => Array<number>(count).fill(each);
const by = (...counts: readonly number[]): ByCaller => ({ mailer: counts });
const ALL = by(...even(16, 8));
const UNEVEN = by(...even(8).flatMap(() => [15, 1]));
const NONE = {};

const kafka = { protocol: 'kafka' };
const write = { mutation: true };
const fetch = pairOf('queue FETCH events', ALL, ALL, kafka);
const notes = pairOf('db POST /notes', ALL, ALL, write);
const send = (
  base: ByCaller,
  cand: ByCaller = NONE,
  operation = 'mail POST /send',
  given = write,
) => pairOf(operation, base, cand, given);
const MISSING = 'breaking call.missing mail POST /send';

interface Given {
  /** The share (0…1) of the calls to `mail` that no known call caused. */
  readonly alone?: readonly [base: number, cand: number];
  readonly timeRatio?: number;
  readonly isOfPages?: boolean;
  readonly showsEmptyLooks?: boolean;
  readonly namesByAddress?: boolean;
}

/** What is told of calls of which some no known call caused. */
function told(pairs: readonly OperationPair[], given: Given = {}): string[] {
  const {
    alone = [1, 1],
    timeRatio = 1,
    isOfPages = false,
    showsEmptyLooks = true,
    namesByAddress = false,
  } = given;
  const background = (side: SideName, share: number) => {
    const callers = new Set(
      pairs.flatMap((pair) => [...pair[side].callers.entries()]).map(([of]) => of),
    );
    const ownOf = (caller: string) =>
      pairs.map(({ operation, family, [side]: { callers: counts } }) => {
        const calls = counts.get(caller) * (family.workload === 'mail' ? share : 1);
        return [operation, { family, stats: { ...edgeStats.create(), calls } }] as const;
      });
    return new Map([...callers].map((caller) => [caller, new Map(ownOf(caller))]));
  };
  const { findings } = compareOwnWork(
    {
      pairs,
      background: { base: background('base', alone[0]), cand: background('cand', alone[1]) },
    },
    new Destinations(),
    timeRatio,
    { isOfPages, showsEmptyLooks, namesByAddress },
  );
  return findings.map(({ severity, rule, path }) => `${severity} ${rule} ${path}`);
}

describe('writes of a job', () => {
  const sql = { protocol: 'postgresql' };
  const poll = (cand = ALL, given: Partial<Family> = sql) =>
    pairOf('mail SELECT id FROM outbox', ALL, cand, given);
  const take = (base = ALL, cand: ByCaller = NONE, given: Partial<Family> = sql) =>
    pairOf('mail DELETE FROM outbox WHERE id = ?', base, cand, { ...given, ...write });
  const CUT = 'breaking call.missing mail DELETE FROM outbox WHERE id = ?';

  it('are missing where it made them in each round, and the rounds go on', () => {
    expect(told([poll(), take()])).toEqual([CUT]);
    expect(told([poll(), take(by(...even(16, 7), 4))])).toEqual([CUT]);
    expect(told([poll(by(...even(16, 4))), take()])).toEqual([CUT]);
    expect(told([poll(), take()], { timeRatio: 0.4 })).toEqual([CUT]);
  });

  it.each<[string, readonly OperationPair[], Given?]>([
    ['it made them in fewer rounds', [poll(), take(by(...even(16, 7)))]],
    ['some are made', [poll(), take(ALL, by(1))]],
    [
      'there were few',
      [pairOf('mail SELECT id FROM outbox', by(...even(9)), ALL, sql), take(by(...even(9)))],
    ],
    ['the rounds come much less often', [poll(by(...even(16, 3))), take()]],
    ['the rounds end', [poll(NONE), take()]],
    ['it reads elsewhere', [poll(ALL, { ...sql, workload: 'other' }), take()]],
    ['it is asked over HTTP', [poll(ALL, {}), take(ALL, NONE, {})]],
    ['they are on other calls’ account', [poll(), take()], { alone: [0.8, 1] }],
    ['addresses are all that callers are known by', [poll(), take()], { namesByAddress: true }],
  ])('are not where %s', (_, pairs, given) => {
    expect(told(pairs, given)).toEqual([]);
  });
});

describe('own calls that are missing', () => {
  const missing = (base: ByCaller, given?: Given) => told([fetch, notes, send(base)], given);

  it('were twenty, of which ten were due, over half of the time', () => {
    const few = pairOf('db POST /notes', by(...even(10)), by(...even(10)), write);
    const of = (first: number, timeRatio = 1) =>
      told([fetch, few, send(by(first, ...even(9)))], { timeRatio });
    expect([of(2), of(1)]).toEqual([[MISSING], []]);
    expect([of(2, 0.5), of(2, 0.45)]).toEqual([[MISSING], []]);
    expect(missing(by(...even(8, 16)))).toEqual([MISSING]);
    expect(missing(by(...even(7, 16)))).toEqual([]);
  });

  it('were for the half of them on no known call’s account', () => {
    const of = (share: number) => missing(ALL, { alone: [share, 1] });
    expect([0.5, 0.45].map(of)).toEqual([[MISSING], []]);
  });

  it('are a consumer’s, which took messages before', () => {
    const later = pairOf('queue FETCH events', NONE, ALL, kafka);
    expect(told([later, notes, send(ALL)])).toEqual([]);
  });

  it('are not known where one more caller is too many to tell who calls', () => {
    const beside = (others: number): ByCaller => ({
      ...ALL,
      ...Object.fromEntries(Array.from({ length: others }, (_, i) => [`shop${i}`, [1]])),
    });
    expect(told([fetch, notes, send(beside(63), beside(64))])).toEqual([]);
  });

  it('of pages are none where it may have come from a cache', () => {
    const isOfPages = true;
    const script = send(ALL, NONE, 'mail GET /main.js', { mutation: false });
    expect(told([fetch, notes, script], { isOfPages })).toEqual([]);
    expect(told([fetch, notes, script])).toEqual(['breaking call.missing mail GET /main.js']);
    expect(missing(ALL, { isOfPages })).toEqual([MISSING]);
    const data = send(ALL, NONE, 'mail GET /inbox', { mutation: false });
    const known = { from: 'mailer', status: '304' };
    const all = { from: 'mailer', responseBody: json({ letters: 3 }) };
    for (const [slot, answered] of [known, all].entries()) data.base.observe(call(answered), slot);
    expect(told([fetch, notes, data], { isOfPages })).toEqual([
      'breaking call.missing mail GET /inbox',
    ]);
  });

  it('are not known of who is not there any more', () => {
    const gone = [
      pairOf('queue FETCH events', UNEVEN, NONE, kafka),
      pairOf('db POST /notes', UNEVEN, NONE, write),
    ];
    const health = (cand: ByCaller) =>
      pairOf('mailer GET /healthz', { kubelet: even(16) }, cand, { mutation: false });
    const of = (...pairs: readonly OperationPair[]) =>
      told([...gone, ...pairs], { showsEmptyLooks: false });
    expect(of()).toEqual([]);
    expect(of(health(NONE))).toEqual([]);
    expect(of(health({ kubelet: even(16) }))).toEqual([
      'warning call.missing queue FETCH events',
      'warning call.missing db POST /notes',
    ]);
  });

  it('were by the clock where the caller served others before', () => {
    const polls = pairOf('db GET /settings', ALL, NONE);
    const served = (base: ByCaller) =>
      told([polls, notes, pairOf('mailer GET /healthz', base, { kubelet: even(16) })]);
    expect(served({ kubelet: even(16) })).toEqual(['breaking call.missing db GET /settings']);
    expect(served(NONE)).toEqual([]);
  });
});

describe('own writes that are new', () => {
  const known = send(ALL, ALL, 'mail POST /known');
  const added = (cand: ByCaller, given = write, beside = known) =>
    told([fetch, notes, beside, send(NONE, cand, 'mail POST /new', given)]);
  const ADDED = ['warning call.mutation-added mail POST /new'];

  it('are twenty, over half of the time, at whom it called before', () => {
    expect(added(by(...even(10)))).toEqual(ADDED);
    expect(added(by(1, ...even(9)))).toEqual([]);
    expect([8, 7].map((slots) => added(by(...even(slots, 4))))).toEqual([ADDED, []]);
    expect(added(ALL, write, notes)).toEqual([]);
    expect(added(ALL, { mutation: false })).toEqual([]);
  });
});

describe('own calls that are more or fewer', () => {
  const CHANGED = ['breaking call.count-changed mail POST /send'];
  const more = send(ALL, by(...even(16, 16)));

  it('are told of consumers, not of pages', () => {
    expect(told([fetch, notes, more])).toEqual(CHANGED);
    expect(told([fetch, notes, more], { isOfPages: true })).toEqual([]);
  });

  it('were and are twenty', () => {
    const of = (base: number, cand: number) => {
      const as = by(base, ...even(15, 0));
      const other = pairOf('db POST /notes', as, as, write);
      return told([fetch, other, send(as, by(cand, ...even(15, 0)))]);
    };
    expect([of(20, 100), of(19, 100)]).toEqual([CHANGED, []]);
    expect([of(100, 20), of(100, 19)]).toEqual([
      ['warning call.count-changed mail POST /send'],
      [],
    ]);
  });

  it('are for a tenth of them on no known call’s account, before and now', () => {
    const of = (...alone: readonly [number, number]) => told([fetch, notes, more], { alone });
    expect(of(0.1, 0.1)).toEqual(CHANGED);
    expect([of(0.05, 1), of(1, 0.05)]).toEqual([[], []]);
  });

  it.each<[string, object]>([
    ['queue OFFSETCOMMIT events', { ...kafka, ...write }],
    ['queue HEARTBEAT events', { ...kafka, ...write }],
    ['coredns QUERY mail', { protocol: 'dns' }],
    ['db BEGIN', { protocol: 'postgresql' }],
    ['queue FETCH refunds', kafka],
  ])('are not for messages that came: %s', (operation, given) => {
    const came = { shop: even(16, 8) };
    const published = pairOf('queue PRODUCE events', came, came, { ...kafka, ...write });
    const twice = pairOf(operation, ALL, by(...even(16, 16)), given);
    expect(told([fetch, published, twice])).toEqual([]);
    expect(told([fetch, published, more])).toEqual(CHANGED);
  });

  it('are for messages that came unless they go by the clock at the same pace', () => {
    const of = (
      cand: number,
      messages: number,
      { timeRatio = 1, base = 8 }: { timeRatio?: number; base?: number } = {},
    ) => {
      const came = pairOf(
        'queue PRODUCE events',
        { shop: [16 * base, ...even(15, 0)] },
        { shop: [messages, ...even(15, 0)] },
        { ...kafka, ...write },
      );
      const calls = send(by(...even(16, base)), by(cand, ...even(15, 0)));
      return told([fetch, came, calls], { timeRatio });
    };
    expect(of(160, 60)).toEqual([]);
    expect(of(161, 60)).toEqual(CHANGED);
    expect(of(256, 128, { timeRatio: 2 })).toEqual([]);
    expect(of(128, 256, { base: 16 })).toEqual(['warning call.count-changed mail POST /send']);
  });
});
