import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import { nameReplacements } from '../../../src/compare/causes/replaced.ts';
import { compareProfiles } from '../../../src/compare/compare.ts';
import type { Finding } from '../../../src/compare/finding.ts';
import { OperationStats } from '../../../src/profile/operation-stats.ts';
import { Profiler } from '../../../src/profile/profiler.ts';
import { call } from '../../support/calls.ts';
import { finding } from '../../support/judgements.ts';
import { madeOnce } from '../../support/made-once.ts';
import { operationPair } from '../view/make.ts';

type Made = Partial<Call> & { readonly to: string };

const REQUESTS = 100;

type Makes = (i: number) => readonly Made[];

/** What each of a hundred orders calls, one after the other. */
const captured = (makes: Makes) => profileOf(Array.from({ length: REQUESTS }, (_, i) => makes(i)));

const profileOf = madeOnce((orders: readonly (readonly Made[])[]) => {
  const calls: Call[] = [];
  const add = (given: Parameters<typeof call>[0]) =>
    calls.push(call({ ...given, id: `n/${calls.length}` }));
  for (const [i, all] of orders.entries()) {
    const ts = 1000 * i + ((i * 389) % 700);
    let at = ts + 2;
    for (const made of all) {
      const latency = made.latency ?? 3 + (i % 3);
      add({ ...made, from: 'shop', ts: at, latency });
      at += latency + 1;
    }
    add({ from: 'web', to: 'shop', method: 'POST', path: '/orders', ts, latency: at + 2 - ts });
  }
  const profiler = new Profiler();
  for (const one of calls.sort((a, b) => a.ts - b.ts)) profiler.push({ kind: 'call', call: one });
  return profiler.finish();
});

/** The findings that stand by themselves, and what the first of them says. */
function told(before: Makes, after: Makes) {
  const { findings } = compareProfiles(captured(before), captured(after), { minSamples: 20 });
  const own = findings.filter(({ severity }) => severity !== 'info');
  const followed = findings.filter(({ causedBy }) => causedBy !== undefined);
  return {
    own: own.map(({ severity, rule, path }) => `${severity} ${rule} ${path}`),
    followed: followed.map(({ rule, operation, path }) =>
      rule.startsWith('call.') ? `${rule} ${path}` : `${rule} ${operation}`,
    ),
    says: own[0]?.summary ?? '',
  };
}

const http = (to: string, method: string, path: string): Made => ({ to, method, path });
const grpc = (to: string, path: string): Made => ({
  ...http(to, 'POST', path),
  protocol: 'grpc',
  status: '0',
});
const sql = (path: string, latency?: number): Made => ({
  to: 'db',
  protocol: 'postgresql',
  method: path.split(' ')[0] as string,
  path,
  status: '0',
  ...(latency !== undefined && { latency }),
});
const insert = (latency?: number) => sql('INSERT INTO orders (id) VALUES ($1)', latency);
const event = http('audit', 'POST', '/events');
const [begin, commit, rollback] = [sql('BEGIN'), sql('COMMIT'), sql('ROLLBACK')];

describe('a call in the place of another', () => {
  it('is one finding: another protocol', () => {
    const { own, followed, says } = told(
      () => [insert(), http('users', 'GET', '/users')],
      () => [insert(), grpc('users', '/users.v1.Users/Find')],
    );
    expect(own).toEqual(['breaking call.missing users GET /users']);
    expect(followed).toEqual(['call.extra users POST /users.v1.Users/Find']);
    expect(says).toMatch('users POST /users.v1.Users/Find is in its place.');
  });

  it.each([
    ['another path', http('audit', 'POST', '/v2/events')],
    ['another method', http('audit', 'PUT', '/events')],
  ])('is one finding: %s', (_, other) => {
    const { own, followed, says } = told(
      () => [insert(), event],
      () => [insert(), other],
    );
    expect(own).toEqual(['breaking call.missing audit POST /events']);
    const { to, method, path } = other;
    expect(followed).toEqual([`call.mutation-added ${to} ${method} ${path}`]);
    expect(says).toMatch(`${to} ${method} ${path} is in its place.`);
  });

  it('is the new one where it goes to whom it never called', () => {
    const { own, followed, says } = told(
      () => [insert(), event],
      () => [insert(), http('audit2', 'POST', '/events')],
    );
    expect(own).toEqual(['breaking call.new-destination audit2 POST /events']);
    expect(followed).toEqual(['call.missing audit POST /events']);
    expect(says).toMatch('It takes the place of audit POST /events.');
  });

  it('is its likest: each of several has its own', () => {
    const { own, followed } = told(
      () => [event, http('mail', 'POST', '/send')],
      () => [http('mail', 'POST', '/v2/send'), http('audit', 'POST', '/v2/events')],
    );
    expect(own).toEqual([
      'breaking call.missing audit POST /events',
      'breaking call.missing mail POST /send',
    ]);
    expect(followed).toHaveLength(2);
  });

  it('is two findings where it is another thing, or not as often', () => {
    const [mail, later] = [http('mail', 'POST', '/send'), http('audit', 'POST', '/v2/events')];
    const pays = () => [event, http('mail', 'GET', '/known')];
    expect(told(pays, () => [mail, http('mail', 'GET', '/known')]).own).toHaveLength(2);
    expect(told(pays, (i) => (i % 2 ? [...pays().slice(1), later] : pays().slice(1))).own).toEqual([
      'breaking call.missing audit POST /events',
      'breaking call.mutation-added audit POST /v2/events',
    ]);
  });
});

describe('of findings on calls that are missing or new', () => {
  const place = 'shop POST /orders';
  const gone = (path: string, given: Partial<Finding> = {}) =>
    finding({ rule: 'call.missing', operation: place, path, effect: -3, summary: '', ...given });
  const come = (path: string, given: Partial<Finding> = {}) =>
    gone(path, { rule: 'call.extra', effect: 3, ...given });
  const known = [
    'audit POST /events',
    'audit POST /v2/events',
    'audit POST /v3/events',
    'audit PUT /events',
    'audit PUT /v2/events',
    'log POST /events',
    'log PUT /events',
    'db BEGIN',
    'db START TRANSACTION',
    'db2 START TRANSACTION',
    'db INSERT x',
  ];
  const pairs = known.map((name) =>
    operationPair(name, new OperationStats(), new OperationStats()),
  );
  /** What follows from what. */
  const followed = (...findings: readonly Finding[]) =>
    nameReplacements(findings, { pairs }).flatMap(({ path, causedBy }) =>
      causedBy === undefined ? [] : [`${path} < ${causedBy}`],
    );
  const event = gone('audit POST /events');
  const cause = `call.missing ${place} audit POST /events`;

  it.each([
    ['audit PUT /events', true],
    ['audit POST /v2/events', true],
    ['log POST /events', true],
    ['audit PUT /v2/events', false],
    ['log PUT /events', false],
    ['unknown POST /events', false],
  ])('%s may be in the place of another: %s', (path, is) => {
    expect(followed(event, come(path))).toEqual(is ? [`${path} < ${cause}`] : []);
  });

  it('one that opens a transaction is in the place of another that does, at the same store', () => {
    const follows = (path: string) => followed(gone('db BEGIN'), come(path)).length;
    expect(follows('db START TRANSACTION')).toBe(1);
    expect(follows('db2 START TRANSACTION')).toBe(0);
    expect(follows('db INSERT x')).toBe(0);
  });

  it('each has one other, of the likest', () => {
    const [put, later] = ['audit PUT /events', 'audit POST /v2/events'];
    expect(followed(event, come(put), come(later))).toEqual([`${later} < ${cause}`]);
    expect(followed(event, gone(later), come(put))).toEqual([`${put} < ${cause}`]);
    const third = 'audit POST /v3/events';
    expect(followed(event, gone(later), come(third))).toEqual([`${third} < ${cause}`]);
  });

  it('it is as often, within a tenth, and of the same operation', () => {
    const other = 'audit PUT /events';
    const follows = (given: Partial<Finding>) => followed(event, come(other, given)).length;
    expect([3.25, 2.75].map((effect) => follows({ effect }))).toEqual([1, 1]);
    expect([3.4, 2.6, -3, 0].map((effect) => follows({ effect }))).toEqual([0, 0, 0, 0]);
    expect(follows({ operation: 'shop GET /orders' })).toBe(0);
  });

  it.each<[string, Finding, Finding]>([
    [
      'is another number of calls',
      event,
      come('audit PUT /events', { rule: 'call.count-changed' }),
    ],
    ['was only fewer calls', { ...event, rule: 'call.count-changed' }, come('audit PUT /events')],
    ['is told as information', event, come('audit PUT /events', { severity: 'info' })],
    ['was told as information', { ...event, severity: 'info' }, come('audit PUT /events')],
    [
      'is made by no handled call',
      { ...event, operation: 'shop (background)' },
      come('audit PUT /events', { operation: 'shop (background)' }),
    ],
  ])('none is in the place of another where it %s', (_, was, is) => {
    expect(followed(was, is)).toEqual([]);
  });

  it('what follows from something else is left as it is', () => {
    const is = come('audit PUT /events', { causedBy: 'x' });
    expect(nameReplacements([event, is], { pairs })).toEqual([event, is]);
  });
});

describe('a transaction', () => {
  const whole = () => [begin, insert(), sql('UPDATE stock SET n = n - 1 WHERE id = $1'), commit];

  it('that is no more is one finding, with the time that each write takes by itself', () => {
    const { own, followed } = told(whole, () => [
      insert(40),
      sql('UPDATE stock SET n = n - 1 WHERE id = $1', 40),
    ]);
    expect(own).toEqual(['breaking call.missing db BEGIN']);
    expect(followed).toEqual([
      'latency.p95-increased db INSERT into orders(id) values (?+)',
      'latency.p95-increased db UPDATE stock set n = n - ? where id = ?',
      'call.missing db COMMIT',
      'latency.p95-increased shop POST /orders',
    ]);
  });

  it('that is given up instead of kept is one finding', () => {
    const { own, followed, says } = told(whole, () => [...whole().slice(0, -1), rollback]);
    expect(own).toEqual(['breaking call.missing db COMMIT']);
    expect(followed).toEqual(['call.extra db ROLLBACK']);
    expect(says).toMatch('db ROLLBACK is in its place.');
  });

  it('that is kept explains no write that takes longer', () => {
    const { own } = told(whole, () => [begin, insert(40), ...whole().slice(2)]);
    expect(own).toEqual(['breaking latency.p95-increased P95']);
  });
});
