import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { linkBlock } from '../../src/graph/link.ts';
import { randomFrom } from '../../src/graph/random.ts';
import { type Plan, shareRight, simulate, type Traffic } from './traffic.ts';

const SHOP: Plan = {
  'gateway GET /orders/{id}': { work: 2, steps: [{ to: 'orders GET /orders/{id}' }] },
  'gateway POST /orders': {
    work: 2,
    steps: [{ to: 'orders POST /orders' }, { to: 'audit POST /events', after: 0.5 }],
  },
  'orders GET /orders/{id}': {
    work: 3,
    steps: [{ to: 'db SELECT orders', times: 2 }, { to: 'cache GET order' }],
  },
  'orders POST /orders': {
    work: 4,
    steps: [
      { to: 'stock POST /reserve', beside: true },
      { to: 'payment POST /charge', beside: true },
      { to: 'db INSERT orders' },
    ],
  },
  'stock POST /reserve': { work: 2, steps: [{ to: 'db UPDATE stock', share: 0.8 }] },
};
const ENTRIES = ['gateway GET /orders/{id}', 'gateway POST /orders'];

const shop = (every: number, requests = 300, more = {}): Traffic =>
  simulate({ plan: SHOP, entries: ENTRIES, requests, every, ...more });
const linkAll = (traffic: Traffic) =>
  linkBlock(traffic.calls, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);

describe('linking a block', () => {
  it('finds every cause where requests do not overlap', () => {
    const traffic = shop(200);
    const links = linkAll(traffic);
    expect(shareRight(traffic, links)).toBeGreaterThan(0.995);
    expect(links.filter(({ confidence }) => confidence > 0.9).length).toBeGreaterThan(
      0.97 * links.length,
    );
  });

  it('finds nearly every cause where several requests overlap', () => {
    for (const [every, share] of [
      [12, 0.96],
      [6, 0.87],
    ] as const) {
      const traffic = shop(every);
      expect(shareRight(traffic, linkAll(traffic))).toBeGreaterThan(share);
    }
  });

  it('is not sure where more requests are open than it looks at', () => {
    const traffic = shop(0.25, 150);
    const links = linkAll(traffic);
    expect(shareRight(traffic, links)).toBeLessThan(0.5);
    const sure = links.filter(({ parent, confidence }) => parent !== null && confidence > 0.9);
    expect(sure.length).toBeLessThan(10);
  });

  it('leaves clients and background work without a cause', () => {
    const traffic = shop(40, 300, {
      background: [{ from: 'stock', to: 'catalog GET /feed', every: 500 }],
    });
    const links = linkAll(traffic);
    const feed = links.filter(({ child }) => traffic.calls[child]?.path === '/feed');
    expect(feed.length).toBeGreaterThan(10);
    expect(feed.filter(({ parent }) => parent === null).length).toBeGreaterThan(0.9 * feed.length);
    for (const { child, parent } of links) {
      if (traffic.calls[child]?.src.workload.name === 'client') expect(parent).toBeNull();
    }
  });

  it('forces few of the calls on another cause whose own cause was not seen', () => {
    const whole = shop(15, 400);
    const random = randomFrom(5);
    const calls = whole.calls.filter(() => random() >= 0.05);
    const kept = new Set(calls.map(({ id }) => id));
    const orphan = (call: Call) => {
      const parent = whole.truth.get(call.id);
      return parent !== undefined && !kept.has(parent);
    };
    const links = linkAll({ calls, truth: whole.truth });
    const orphans = links.filter(({ child }) => orphan(calls[child] as Call));
    const forced = orphans.filter(({ parent, confidence }) => parent !== null && confidence > 0.9);
    expect(orphans.length).toBeGreaterThan(20);
    expect(forced.length).toBeLessThanOrEqual(0.1 * orphans.length);
  });

  it('is surer of what is right', () => {
    const traffic = shop(5, 500);
    const links = linkAll(traffic);
    const sure = links.filter(({ confidence }) => confidence > 0.97);
    const unsure = links.filter(({ confidence }) => confidence < 0.7);
    expect(unsure.length).toBeGreaterThan(50);
    expect(shareRight(traffic, sure)).toBeGreaterThan(0.93);
    expect(shareRight(traffic, unsure)).toBeLessThan(0.85);
  });

  it('gives the links of its own slice only', () => {
    const traffic = shop(20);
    const from = traffic.calls[200]?.ts as number;
    const to = traffic.calls[600]?.ts as number;
    const links = linkBlock(traffic.calls, from, to);
    const own = traffic.calls.filter(({ ts }) => ts >= from && ts < to);
    expect(links.map(({ child }) => traffic.calls[child])).toEqual(own);
  });

  it('depends on the calls alone, and never makes a loop', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.integer({ min: 2, max: 40 }),
        (seed, every) => {
          const traffic = shop(every, 25, { seed });
          const links = linkAll(traffic);
          expect(linkAll(traffic)).toEqual(links);
          for (const { child } of links) {
            const seen = new Set<number>();
            for (let i: number | null = child; i !== null; i = links[i]?.parent ?? null) {
              expect(seen.has(i)).toBe(false);
              seen.add(i);
            }
          }
          for (const { confidence } of links) {
            expect(confidence).toBeGreaterThanOrEqual(0);
            expect(confidence).toBeLessThanOrEqual(1);
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  it('takes no calls, and calls that nobody could have caused', () => {
    expect(linkBlock([], 0, 1)).toEqual([]);
    const { calls } = simulate({
      plan: {},
      entries: ['gateway GET /a'],
      requests: 5,
      every: 10,
    });
    expect(linkBlock(calls, 0, Number.POSITIVE_INFINITY)).toEqual(
      calls.map((_, child) => ({ child, parent: null, confidence: 1 })),
    );
  });
});
