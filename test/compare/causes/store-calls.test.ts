import { describe, expect, it } from 'vitest';
import { tellStoreCalls } from '../../../src/compare/causes/store-calls.ts';
import { lostGuard } from '../../../src/compare/causes/weaker-statement.ts';
import type { Finding } from '../../../src/compare/finding.ts';
import { finding } from '../../support/judgements.ts';
import { type Each, fanoutOf, type Made, nameOf, namer, pairOf, query } from '../calls/make.ts';

const PLACE = 'orders POST /orders';
const [old, other, third] = [query('old'), query('other'), query('third')] as const;
const always =
  (...made: readonly Made[]): Each =>
  () =>
    made;

const of = (rule: Finding['rule'], made: Made, given: Partial<Finding> = {}) =>
  finding({ rule, operation: PLACE, path: nameOf(made), ...given });
const gone = of('call.missing', old);
const come = of('call.extra', other);

function tell(findings: readonly Finding[], before: Each, after: Each, count = 50) {
  const base = fanoutOf(count, before, { side: 'b' });
  const cand = fanoutOf(count, after, { side: 'c' });
  return tellStoreCalls(findings, { pairs: [pairOf(base, cand)], name: namer });
}
const severities = (...given: Parameters<typeof tell>) =>
  tell(...given).map(({ rule, severity }) => `${severity} ${rule}`);

describe('statements that came and went at a store', () => {
  it('are a warning where it is unsure which call caused them', () => {
    const unsure = (made: Made): Made => ({ ...made, confidence: 0.6 });
    const more = always(unsure(old), unsure(other), unsure(third));
    const [count] = tell([come], always(old), more);
    expect(count).toMatchObject({ rule: 'call.count-changed', severity: 'warning' });
    expect(count?.summary).toMatch(/ Which call caused which is unsure here \(60 %\)\.$/);
  });

  it('are another number of calls to it, with the statements under that', () => {
    const chain = ['web POST /', PLACE, nameOf(old)];
    const evidence = Array.from({ length: 4 }, (_, i) => ({
      callId: `c/${i}`,
      side: 'candidate' as const,
    }));
    const given = [
      { ...gone, chain, evidence },
      { ...come, evidence },
      of('call.missing', { to: 'audit POST /events' }),
    ];
    const [count, ...rest] = tell(given, always(old), always(other, other, third));
    expect(count).toMatchObject({
      rule: 'call.count-changed',
      category: 'behaviour',
      severity: 'breaking',
      operation: PLACE,
      path: 'db',
      summary: 'Calls db 3 times a handled call instead of 1, with other statements.',
      baseline: 1,
      candidate: 3,
      effect: 2,
      interval: { level: 0.95 },
      samples: { baseline: 50, candidate: 50 },
      chain: ['web POST /', PLACE, 'db'],
    });
    expect(count?.evidence).toEqual([...evidence, ...evidence.slice(0, 2)]);
    expect(count?.interval?.low).toBeCloseTo(1.82, 1);
    expect(count?.interval?.high).toBeCloseTo(2.18, 1);
    const causedBy = `call.count-changed ${PLACE} db`;
    expect(rest).toEqual([{ ...given[0], causedBy }, { ...given[1], causedBy }, given[2]]);
  });

  it('have their operation as the way to them where no other is known', () => {
    const [count] = tell([gone, come], always(old), always(other, other));
    expect(count?.chain).toEqual([PLACE, 'db']);
  });

  it.each<[string, string, string, string | undefined]>([
    ['a filter', 'select a from t where b = ?', 'select a from t', 'where b = ?'],
    [
      'one of two',
      'select a from t where b = ? and c = ?',
      'select a from t where c = ?',
      'b = ? and',
    ],
    [
      'the last of two',
      'select a from t where b = ? and c = ?',
      'select a from t where b = ?',
      'and c = ?',
    ],
    ['a limit', 'select a from t where b = ? limit ?', 'select a from t where b = ?', 'limit ?'],
    [
      'a lock',
      'select a from t where id = ? for update',
      'select a from t where id = ?',
      'for update',
    ],
    [
      'a limit to one',
      'select a from t where t.id = ? limit ?',
      'select a from t where t.id = ?',
      undefined,
    ],
    ['an order', 'select a from t order by b', 'select a from t', undefined],
    ['another filter', 'select a from t where b = ?', 'select a from t where c = ?', undefined],
    ['nothing', 'select a from t', 'select a from t where b = ?', undefined],
  ])('that lost %s', (_, before, after, lost) => {
    expect(lostGuard(before, after)).toBe(lost);
  });

  it('break where the new one is the old one without its filter', () => {
    const [was, is] = [of('call.missing', query('t where b = ?')), of('call.extra', query('t'))];
    const told = tell([was, is], always(query('t where b = ?')), always(query('t')));
    expect(told).toEqual([
      { ...was, causedBy: `call.extra ${PLACE} ${is.path}` },
      { ...is, summary: `${is.summary} It is another one without 'where b = ?'.` },
    ]);
  });

  it('are one finding where a write is the old one without its filter', () => {
    const write = (text: string): Made => ({
      to: `db UPDATE UPDATE ${text}`,
      protocol: 'postgresql',
    });
    const [before, after] = [write('t set a = ? where b = ?'), write('t set a = ?')];
    const [was, is] = [of('call.missing', before), of('call.mutation-added', after)];
    expect(tell([was, is], always(before), always(after))).toEqual([
      { ...was, causedBy: `call.mutation-added ${PLACE} ${is.path}` },
      { ...is, summary: `${is.summary} It is another one without 'where b = ?'.` },
    ]);
  });

  it('break where a transaction ends in another way', () => {
    const end = (method: string): Made => ({ to: `db ${method}`, protocol: 'postgresql' });
    const given = [of('call.missing', end('COMMIT')), of('call.extra', end('ROLLBACK'))];
    expect(tell(given, always(end('COMMIT')), always(end('ROLLBACK')))).toEqual(given);
  });

  it('are a warning where reading took the place of reading', () => {
    expect(severities([gone, come], always(old), always(other))).toEqual([
      'warning call.missing',
      'warning call.extra',
    ]);
    const [, , count] = tell(
      [gone, come, of('call.count-changed', third)],
      always(old, third),
      always(other, third),
    );
    expect(count?.severity).toBe('breaking');
  });

  it('are what they are where one of them writes', () => {
    const insert = query('old', 'INSERT');
    const given = [of('call.missing', insert), come];
    expect(tell(given, always(insert), always(other))).toEqual(given);
    const writes = of('call.extra', query('new', 'INSERT'));
    expect(tell([gone, writes], always(old), always(query('new', 'INSERT')))).toEqual([
      gone,
      writes,
    ]);
  });

  it.each<[string, readonly Finding[], Each, Each]>([
    ['where none came', [gone], always(old, third, third, third), always(third)],
    [
      'where none went and the number is nearly the same',
      [come],
      always(...Array(9).fill(old)),
      always(...Array(9).fill(old), other),
    ],
    [
      'where the store was never called',
      [of('call.missing', { to: 'a GET /' }), come],
      always({ to: 'a GET /' }),
      always(other),
    ],
    [
      'where it is no store',
      [of('call.missing', { to: 'a GET /' }), of('call.extra', { to: 'a GET /b' })],
      always({ to: 'a GET /' }),
      always({ to: 'a GET /b' }, { to: 'a GET /b' }),
    ],
    [
      'where other rules speak of them',
      [of('call.count-changed', old), of('call.retries', other)],
      always(old),
      always(other, other, other),
    ],
  ])('are left as they are %s', (_, given, before, after) => {
    expect(tell(given, before, after)).toEqual(given);
  });

  it('are another number from half a call and a fifth on, beyond chance', () => {
    const first = (before: Each, after: Each, count?: number) =>
      tell([gone, come], before, after, count)[0]?.rule;
    const times =
      (some: (i: number) => number, made: Made): Each =>
      (i) =>
        Array<Made>(some(i)).fill(made);
    const half = times((i) => 1 + (i % 2), other);
    expect(first(always(old), half)).toBe('call.count-changed');
    expect(first(half, always(old))).toBe('call.count-changed');
    expect(
      first(
        always(old),
        times((i) => (i % 5 < 2 ? 2 : 1), other),
      ),
    ).toBe('call.missing');
    const three = times(() => 3, old);
    expect(
      first(
        three,
        times((i) => 3 + (i % 2), other),
      ),
    ).toBe('call.missing');
    const wide = (some: number, made: Made) => times((i) => (i % 2 ? some : 0), made);
    expect(first(wide(4, old), wide(5, other))).toBe('call.missing');
    expect(first(wide(4, old), wide(8, other))).toBe('call.missing');
    expect(first(wide(4, old), wide(9, other), 400)).toBe('call.count-changed');
  });

  it('are told store by store', () => {
    const replica = query('old', 'SELECT', 'replica');
    const [count, ...rest] = tell(
      [gone, come, of('call.missing', replica)],
      always(old, replica),
      always(other, other, other, query('other', 'SELECT', 'replica')),
    );
    expect(count).toMatchObject({ path: 'db', baseline: 1, candidate: 3 });
    expect(rest.map(({ causedBy }) => causedBy !== undefined)).toEqual([true, true, false]);
  });

  it('are judged at their own operation, where that is known', () => {
    const elsewhere = { ...come, operation: 'orders GET /orders' };
    expect(tell([gone, elsewhere], always(old), always(other, other))).toEqual([gone, elsewhere]);
    expect(
      tellStoreCalls([gone, come], { pairs: [pairOf(undefined, undefined)], name: namer }),
    ).toEqual([gone, come]);
    const never = pairOf(fanoutOf(50, always(old)), undefined);
    expect(tellStoreCalls([gone, come], { pairs: [never], name: namer })).toEqual([gone, come]);
  });
});
