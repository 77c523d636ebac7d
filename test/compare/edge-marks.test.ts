import { describe, expect, it } from 'vitest';
import { targetOf } from '../../src/calls/target.ts';
import { backgroundCalls } from '../../src/compare/calls/background.ts';
import { compareEdges } from '../../src/compare/edge-changes.ts';
import { edgesOn } from '../../src/compare/edges.ts';
import type { Finding } from '../../src/compare/finding.ts';
import { EdgeTotals } from '../../src/profile/fanout-edges.ts';
import { OperationStats } from '../../src/profile/operation-stats.ts';
import { call } from '../support/calls.ts';
import { finding } from '../support/judgements.ts';
import { fanoutOf, type Made, namer } from './calls/make.ts';
import { operationPair, statsOf } from './view/make.ts';

const stock: Made = { to: 'stock GET /a' };
const audit: Made = { to: 'audit POST /e' };
const cart: Made = { to: 'cart GET /c' };
const PLACE = 'orders POST /orders';
const ENTRY = 'web POST /';

const makes = (...made: readonly Made[]) => statsOf(4, undefined, () => made);
function background(...callees: readonly string[]): EdgeTotals {
  const edges = new EdgeTotals();
  for (const [i, to] of callees.entries()) {
    const one = call({ id: `bg/${i}`, from: 'orders', to, method: 'GET', path: '/feed' });
    edges.observe(one, targetOf(one));
  }
  return edges;
}

const none = { base: new Map(), cand: new Map() };
const entry = makes({ to: 'orders POST /orders' }, cart);
const pairing = {
  pairs: [
    operationPair(PLACE, makes(stock, stock, cart), makes(stock, audit)),
    operationPair(ENTRY, entry, entry),
    operationPair('idle GET /', new OperationStats(), new OperationStats()),
  ],
  name: namer,
  background: {
    base: backgroundCalls(background('feed', 'feed'), namer),
    cand: backgroundCalls(background('feed', 'news'), namer),
  },
};
const of = (given: Partial<Finding>) =>
  finding({ rule: 'call.count-changed', operation: PLACE, path: 'stock GET /a', ...given });
const told = (...findings: readonly Finding[]) =>
  compareEdges(findings, pairing)?.edges.map(
    ({ change, from, caller, to }) => `${change}: ${from ?? `(${caller})`} → ${to}`,
  );

describe('the edges of one side', () => {
  it('are sorted by caller, operation and callee, with their calls', () => {
    expect(edgesOn('base', pairing)).toEqual([
      { from: null, caller: 'orders', to: 'feed GET /feed', calls: 2, perHandledCall: null },
      { from: PLACE, caller: 'orders', to: 'cart GET /c', calls: 4, perHandledCall: 1 },
      { from: PLACE, caller: 'orders', to: 'stock GET /a', calls: 8, perHandledCall: 2 },
      { from: ENTRY, caller: 'web', to: 'cart GET /c', calls: 4, perHandledCall: 1 },
      { from: ENTRY, caller: 'web', to: 'orders POST /orders', calls: 4, perHandledCall: 1 },
    ]);
    expect(edgesOn('cand', pairing).map(({ to }) => to)).toEqual([
      'feed GET /feed',
      'news GET /feed',
      'audit POST /e',
      'stock GET /a',
      'cart GET /c',
      'orders POST /orders',
    ]);
  });

  it('are one where several outcomes or paths lead to one callee', () => {
    const stats = statsOf(4, undefined, () => [stock]);
    fanoutOf(4, () => [{ to: 'stock GET /b' }], { status: '500', into: stats.fanout });
    const one = {
      pairs: [operationPair(PLACE, stats, stats)],
      name: () => 'stock GET /{id}',
      background: none,
    };
    expect(edgesOn('base', one)).toEqual([
      { from: PLACE, caller: 'orders', to: 'stock GET /{id}', calls: 8, perHandledCall: 2 },
    ]);
  });

  it('are none of calls that only may have been made', () => {
    const stats = statsOf(1);
    const child = call({ id: 'x', to: 'stock', path: '/a' });
    stats.fanout.observe(call({ id: 'p' }), [], [{ target: targetOf(child), share: 0.5 }]);
    const one = { pairs: [operationPair(PLACE, stats, stats)], name: namer, background: none };
    expect(edgesOn('base', one)).toEqual([]);
  });
});

describe('the edges around what changed', () => {
  const siblings = [`changed: ${PLACE} → stock GET /a`];

  it('are marked by what the sides saw, with their finding', () => {
    expect(told(of({}))).toEqual(siblings);
    expect(told(of({ path: 'audit POST /e' }))).toEqual([
      `appeared: ${PLACE} → audit POST /e`,
      `same: ${PLACE} → stock GET /a`,
    ]);
    expect(told(of({ path: 'cart GET /c' }))).toEqual([
      `vanished: ${PLACE} → cart GET /c`,
      `same: ${PLACE} → stock GET /a`,
    ]);
    expect(compareEdges([of({})], pairing)).toEqual({
      edges: [
        {
          from: PLACE,
          caller: 'orders',
          to: 'stock GET /a',
          baseline: { calls: 8, perHandledCall: 2 },
          candidate: { calls: 4, perHandledCall: 1 },
          change: 'changed',
          finding: `call.count-changed ${PLACE} stock GET /a`,
        },
      ],
      leftOut: 0,
    });
  });

  it('hold the way that leads to them', () => {
    expect(told(of({ chain: [ENTRY, PLACE, 'stock GET /a'] }))).toEqual([
      ...siblings,
      `same: ${ENTRY} → orders POST /orders`,
    ]);
    expect(told(of({ chain: ['nobody GET /', PLACE] }))).toEqual(siblings);
  });

  it('are those of background work, too', () => {
    expect(told(of({ operation: 'orders (background)', path: 'news GET /feed' }))).toEqual([
      'appeared: (orders) → news GET /feed',
      'same: (orders) → feed GET /feed',
    ]);
  });

  it('are both of two calls in an order, and the new and lost ones of a store', () => {
    expect(told(of({ path: 'audit POST /e before stock GET /a' }))).toEqual([
      `changed: ${PLACE} → stock GET /a`,
      `appeared: ${PLACE} → audit POST /e`,
    ]);
    expect(told(of({ path: 'audit' }))?.[0]).toBe(`appeared: ${PLACE} → audit POST /e`);
    expect(told(of({ path: 'cart' }))?.[0]).toBe(`vanished: ${PLACE} → cart GET /c`);
    expect(told(of({ path: 'stock' }))).toBeUndefined();
  });

  it('bear the first, worst finding', () => {
    const [first, second] = [of({}), of({ rule: 'call.retries' })];
    expect(compareEdges([second, first], pairing)?.edges[0]?.finding).toMatch(/^call.retries/);
    expect(compareEdges([first, second], pairing)?.edges[0]?.finding).toMatch(/^call.count/);
  });

  it('are none where no finding is of calls, or none of a known one', () => {
    expect(told(of({ rule: 'error.new-status' }))).toBeUndefined();
    expect(told(of({ operation: 'else GET /' }))).toBeUndefined();
    expect(told(of({ path: 'else GET /' }))).toBeUndefined();
    const { path: _, ...nowhere } = of({});
    expect(told(nowhere)).toBeUndefined();
  });
});
