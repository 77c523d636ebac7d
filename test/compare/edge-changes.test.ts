import { describe, expect, it } from 'vitest';
import { compareProfiles } from '../../src/compare/compare.ts';
import { compareEdges, type EdgeChange } from '../../src/compare/edge-changes.ts';
import { pairOperations } from '../../src/compare/pairs.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import { type Plan, type Step, simulate, type TrafficOptions } from '../graph/traffic.ts';
import { finding } from '../support/judgements.ts';

const PLACE = 'orders POST /orders';
const stock: Step = { to: 'stock POST /reserve' };
const audit: Step = { to: 'audit POST /events' };
const insert: Step = { to: 'db INSERT orders' };
const USUAL = [stock, insert, audit];

function profileOf(place: readonly Step[], seed: number, options: Partial<TrafficOptions> = {}) {
  const plan: Plan = {
    'gateway POST /orders': { work: 2, steps: [{ to: PLACE }] },
    'gateway GET /help': { work: 2, steps: [{ to: 'pages GET /help' }] },
    [PLACE]: { work: 4, steps: place },
    'stock POST /reserve': { steps: [{ to: 'db UPDATE stock' }] },
  };
  const entries = ['gateway POST /orders', 'gateway GET /help'];
  const given = { plan, entries, requests: 200, every: 60, seed, ...options };
  const profiler = new Profiler();
  for (const call of simulate(given).calls) profiler.push({ kind: 'call', call });
  return profiler.finish();
}

const compare = (place: readonly Step[], options?: Partial<TrafficOptions>) =>
  compareProfiles(profileOf(USUAL, 1), profileOf(place, 2, options), { minSamples: 20 });

const edgesOf = (place: readonly Step[], options?: Partial<TrafficOptions>) =>
  compare(place, options).graph?.edges ?? [];

const lines = (edges: readonly EdgeChange[]) =>
  edges.map(({ from, to, change }) => `${change}: ${from} → ${to}`);

describe('the call graph around what changed', () => {
  it('has the changed edge first, then the way to it, then what its caller calls besides', () => {
    const edges = edgesOf([stock, { ...insert, times: 3 }, audit]);
    expect(lines(edges)).toEqual([
      `changed: ${PLACE} → db INSERT /orders`,
      `same: gateway POST /orders → ${PLACE}`,
      `same: ${PLACE} → audit POST /events`,
      `same: ${PLACE} → stock POST /reserve`,
    ]);
    expect(edges[0]).toEqual({
      from: PLACE,
      caller: 'orders',
      to: 'db INSERT /orders',
      baseline: { calls: 100, perHandledCall: 1 },
      candidate: { calls: 300, perHandledCall: 3 },
      change: 'changed',
      finding: `call.count-changed ${PLACE} db INSERT /orders`,
    });
  });

  it('tells what appeared from what vanished, each with a finding that is there', () => {
    const { graph, findings } = compare([stock, insert, { to: 'tracker GET /pixel' }]);
    const changed = graph?.edges.filter(({ change }) => change !== 'same') ?? [];
    expect(lines(changed).sort()).toEqual([
      `appeared: ${PLACE} → tracker GET /pixel`,
      `vanished: ${PLACE} → audit POST /events`,
    ]);
    const ids = findings.map(({ rule, operation, path }) => `${rule} ${operation} ${path}`);
    for (const { finding } of changed) expect(ids).toContain(finding);
  });

  it('marks both calls whose order changed', () => {
    const apart = (steps: readonly Step[]) => steps.map((step) => ({ ...step, after: 4 }));
    const base = profileOf(apart(USUAL), 1);
    const cand = profileOf(apart([audit, stock, insert]), 2);
    const { graph, findings } = compareProfiles(base, cand, { minSamples: 20 });
    expect(findings.map(({ rule }) => rule)).toContain('call.order-changed');
    const changed = graph?.edges.filter(({ change }) => change === 'changed') ?? [];
    expect(changed.length).toBeGreaterThanOrEqual(2);
  });

  it('marks the statements behind another number of calls to a store', () => {
    const protocols = { db: 'postgresql' };
    const query = (table: string): Step => ({ to: `db QUERY SELECT_name_FROM_${table}` });
    const base = profileOf([query('carts')], 1, { protocols });
    const cand = profileOf([query('items'), query('prices')], 2, { protocols });
    const { graph } = compareProfiles(base, cand, { minSamples: 20 });
    const count = `call.count-changed ${PLACE} db`;
    expect(graph?.edges.map(({ change, finding }) => [change, finding]).sort()).toEqual([
      ['appeared', count],
      ['appeared', count],
      ['same', undefined],
      ['vanished', count],
    ]);
  });

  it('has the background work that calls somebody new', () => {
    const background = [{ from: 'stock', to: 'feed GET /prices', every: 300 }];
    expect(edgesOf(USUAL, { background })).toContainEqual(
      expect.objectContaining({
        from: null,
        caller: 'stock',
        to: 'feed GET /prices',
        baseline: null,
        change: 'appeared',
      }),
    );
  });

  it('is absent where no edge changed', () => {
    expect(compare(USUAL).graph).toBeUndefined();
  });

  it('is bounded, and says how much it leaves out', () => {
    const mirrors = Array.from({ length: 230 }, (_, i) => `mirror${i} POST /events`);
    const few = { requests: 4, every: 2_000 };
    const base = profileOf(USUAL, 1, few);
    const cand = profileOf([...USUAL, ...mirrors.map((to) => ({ to }))], 2, few);
    const findings = mirrors.map((path) => finding({ rule: 'call.extra', operation: PLACE, path }));
    const graph = compareEdges(findings, pairOperations(base, cand));
    expect(graph?.edges).toHaveLength(200);
    expect(graph?.edges.every(({ change }) => change === 'appeared')).toBe(true);
    expect(graph?.leftOut).toBeGreaterThanOrEqual(30);
  });
});
