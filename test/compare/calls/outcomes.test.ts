import { describe, expect, it } from 'vitest';
import { workloadOf } from '../../../src/calls/operation.ts';
import { chains } from '../../../src/compare/calls/chain.ts';
import { allOutcomes, type CallsPair } from '../../../src/compare/calls/pair.ts';
import { Fanout } from '../../../src/profile/fanout.ts';
import { fanoutOf, judged, type Made, namer, pairOf } from './make.ts';

const audit: Made = { to: 'audit POST /events' };
const stock: Made = { to: 'stock GET /a' };
const compare = (...pairs: readonly CallsPair[]) => judged(pairs);
const told = (...pairs: readonly CallsPair[]) =>
  compare(...pairs).findings.map(({ rule, path }) => `${rule} ${path}`);

/** So many handled calls that ended well, and so many that failed, each with what it made. */
function mixed(fine: number, failed: number, made: readonly Made[], ofFailed = made): Fanout {
  const into = new Fanout();
  fanoutOf(fine, () => made, { into, side: 'f' });
  return fanoutOf(failed, () => ofFailed, { into, status: '500', side: 'x' });
}

describe('what handled calls caused is judged', () => {
  it('from enough of them on each side, which is said of fewer', () => {
    const of = (before: number, after: number) =>
      compare(
        pairOf(
          fanoutOf(before, () => [stock, audit]),
          fanoutOf(after, () => [stock]),
        ),
      );
    expect(of(20, 20)).toMatchObject({ findings: [{ rule: 'call.missing' }], notChecked: [] });
    expect(of(19, 20)).toEqual({
      findings: [],
      notChecked: [
        {
          operation: 'orders POST /orders',
          family: 'calls',
          reason: '19 and 20 handled calls: what they cause is judged from 20 on each side.',
          samples: { baseline: 19, candidate: 20 },
        },
      ],
    });
    expect(of(20, 19).findings).toEqual([]);
    expect(of(20, 19).notChecked).toHaveLength(1);
    expect(of(0, 20).notChecked).toEqual([]);
  });

  it('apart by how they ended: another mix of outcomes changes nothing', () => {
    const before = mixed(90, 10, [stock, audit], [stock]);
    const after = mixed(30, 70, [stock, audit], [stock]);
    expect(told(pairOf(before, after))).toEqual([]);
  });

  it('where both sides ended so often enough', () => {
    const was = (failed: number) => mixed(50, failed, [stock], [stock, audit]);
    const is = (failed: number) => mixed(50, failed, [stock], [stock]);
    const missing = ['call.missing audit POST /events'];
    expect(told(pairOf(was(20), is(20)))).toEqual(missing);
    expect(told(pairOf(was(19), is(30)))).toEqual([]);
    expect(told(pairOf(was(30), is(19)))).toEqual([]);
    expect(told(pairOf(was(30), is(0)))).toEqual([]);
  });

  it('of credentials over all outcomes together', () => {
    const headers = { authorization: 'Bearer t' };
    const before = mixed(15, 15, [{ ...audit, headers }]);
    const after = mixed(15, 15, [{ ...audit, headers: { accept: '*/*' } }]);
    expect(told(pairOf(before, after))).toEqual(['call.auth-missing audit POST /events']);
    const few = (made: readonly Made[]) => mixed(10, 9, made);
    expect(told(pairOf(few([{ ...audit, headers }]), after))).toEqual([]);
  });
});

describe('repeats are judged', () => {
  it('with enough handled calls on each side', () => {
    const failing: Made = { ...stock, status: '503' };
    const never = (count: number) => fanoutOf(count, () => [stock]);
    const always = (count: number) => fanoutOf(count, () => [failing, stock]);
    const repeats = (before: number, after: number) =>
      told(pairOf(never(before), always(after))).includes('call.retries stock GET /a');
    expect([repeats(20, 20), repeats(19, 40), repeats(40, 19)]).toEqual([true, false, false]);
  });
});

describe('calls that are too many to keep in all their combinations', () => {
  it('are counted a callee all the same', () => {
    // Each handled call makes another set of calls: more sets than are kept.
    const sets =
      (more: readonly Made[]) =>
      (i: number): readonly Made[] => [
        ...[0, 1, 2, 3, 4, 5, 6]
          .filter((bit) => i & (1 << bit))
          .map((bit) => ({ to: `s${bit} GET /` })),
        ...more,
      ];
    const before = fanoutOf(128, sets([audit]));
    const after = fanoutOf(128, sets([audit, audit, audit]));
    expect(compare(pairOf(before, after)).findings).toMatchObject([
      { rule: 'call.count-changed', path: 'audit POST /events', baseline: 1, candidate: 3 },
    ]);
  });
});

describe('paths that one template stands for', () => {
  it('are one callee, whichever of them a handled call asked for', () => {
    const item = (i: number): Made => ({ to: `stock GET /items/${i % 3 ? 'a' : 'b'}` });
    const name = () => 'stock GET /items/{id}';
    const of = (times: number) =>
      fanoutOf(60, (i) => Array.from({ length: times }, (_, k) => item(i + k)));
    const { findings } = judged([pairOf(of(1), of(3))], { name });
    expect(findings).toMatchObject([
      {
        rule: 'call.count-changed',
        path: 'stock GET /items/{id}',
        baseline: 1,
        candidate: 3,
        summary: 'Calls stock GET /items/{id} 3× as often: 1 → 3 calls a handled call.',
      },
    ]);
    const [a, b] = [item(1), item(0)];
    const turned = pairOf(
      fanoutOf(60, () => [a, b]),
      fanoutOf(60, () => [b, a]),
    );
    expect(judged([turned], { name }).findings).toEqual([]);
    expect(told(turned)).toHaveLength(1);
  });
});

describe('the way from an entry to an operation', () => {
  const outcome = (operation: string, base: readonly Made[], cand: readonly Made[], count = 5) =>
    allOutcomes(
      pairOf(
        fanoutOf(count, () => base),
        fanoutOf(count, () => cand),
        operation,
      ),
      namer,
    );
  const to = (operation: string): Made => ({ to: operation });

  it('goes by the caller that calls most, on either side', () => {
    const pairs = [
      outcome('web GET /', [to('orders GET /a')], [to('orders GET /a')], 9),
      outcome('app GET /', [to('orders GET /a')], [], 8),
      outcome('orders GET /a', [to('db GET /q')], []),
      outcome('job GET /', [], [to('db GET /q')], 6),
    ];
    expect(chains(pairs)('orders GET /a')).toEqual(['web GET /', 'orders GET /a']);
    expect(chains(pairs.toReversed())('orders GET /a')).toEqual(['web GET /', 'orders GET /a']);
    expect(chains(pairs)('db GET /q')).toEqual(['job GET /', 'db GET /q']);
    expect(chains(pairs)('nobody GET /')).toEqual(['nobody GET /']);
  });

  it('goes by no call to itself, and by the first of two that call as often', () => {
    const itself = [
      outcome('orders GET /a', [to('orders GET /a')], [], 9),
      outcome('web GET /', [to('orders GET /a')], []),
      outcome('app GET /', [to('orders GET /a')], []),
    ];
    expect(chains(itself)('orders GET /a')).toEqual(['web GET /', 'orders GET /a']);
  });

  it('ends where it would go in a circle, and is bounded', () => {
    const circle = [
      outcome('a GET /', [to('b GET /')], []),
      outcome('b GET /', [to('a GET /'), to('b GET /')], []),
    ];
    expect(chains(circle)('b GET /')).toEqual(['a GET /', 'b GET /']);
    const line = Array.from({ length: 30 }, (_, i) =>
      outcome(`s${i} GET /`, [to(`s${i + 1} GET /`)], []),
    );
    const way = chains(line)('s30 GET /');
    expect(way).toHaveLength(16);
    expect(way[0]).toBe('s15 GET /');
  });
});

it('a plain form begins with the name of its workload', () => {
  expect(workloadOf('orders GET /a b')).toBe('orders');
  expect(workloadOf('orders')).toBe('orders');
});
