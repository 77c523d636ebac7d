import { expect, it } from 'vitest';
import { compareLatency } from '../../../src/compare/latency/index.ts';
import { OperationStats } from '../../../src/profile/operation-stats.ts';
import { call } from '../../support/calls.ts';
import { operationPair } from '../view/make.ts';

const OWN = 10;

/** Calls about a number of orders; how long they take (ms) depends on the order, and a little on chance. */
function aboutOrders(
  first: number,
  orders: number,
  calls: number,
  slow: (order: number) => number,
) {
  const stats = new OperationStats();
  for (let i = 0; i < calls; i++) {
    const order = first + (i % orders);
    const latency = slow(order) * (OWN + (i % 7) / 2);
    stats.observe(call({ id: `n/${i}`, path: `/orders/${order}`, latency }), Math.floor(i / 20));
    stats.fanout.observe(call({ id: `n/${i}`, latency }), []);
  }
  return stats;
}

const told = (base: OperationStats, cand: OperationStats) =>
  compareLatency([operationPair('orders GET /orders/{id}', base, cand)], {
    minSamples: 20,
  }).findings.map(({ severity, rule }) => `${severity} ${rule}`);

/** A third of some orders is ten times as large; of others, two thirds. */
const before = (order: number) => (order % 3 === 0 ? 10 : 1);
const other = (order: number) => (order % 3 === 0 ? 1 : 10);

it('latencies of a few other orders, some of them large, are no slowdown', () => {
  expect(told(aboutOrders(1, 9, 180, before), aboutOrders(100, 9, 180, other))).toEqual([]);
});

it('latencies of many other orders, more of them large, are one', () => {
  const cand = aboutOrders(1000, 150, 300, other);
  expect(told(aboutOrders(1, 150, 300, before), cand)).toEqual(['breaking latency.p50-increased']);
});

it('few orders that all take longer are slower, other ones or the same', () => {
  const [small, large] = [() => 1, () => 2.5];
  for (const first of [100, 1]) {
    const found = told(aboutOrders(1, 9, 180, small), aboutOrders(first, 9, 180, large));
    expect(found).toEqual(['breaking latency.p95-increased']);
  }
});
