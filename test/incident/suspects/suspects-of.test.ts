import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import { caseOf } from '../../../src/incident/case-of.ts';
import type { IncidentCase } from '../../../src/incident/incident-case.ts';
import { investigate } from '../../../src/incident/investigate.ts';
import type { Suspicion } from '../../../src/incident/suspect.ts';
import { suspectsOf } from '../../../src/incident/suspects/suspects-of.ts';
import { call } from '../../support/calls.ts';
import { readingOf, START, shopTraffic } from '../shop-traffic.ts';

const LATER = START + 600_000;
const SECONDS = 24;

const usual = (seed = 1) => shopTraffic({ seconds: SECONDS, seed });

interface Named {
  readonly given: IncidentCase;
  readonly suspicion: Suspicion;
  /** Suspects that aren't ruled out, and why the others are. */
  readonly names: string[];
  readonly ruledOut: Map<string, string>;
}

function investigated(good: readonly Call[], bad: readonly Call[]): Named {
  const given = caseOf(readingOf(good), readingOf(bad), { minSamples: 20 });
  const suspicion = suspectsOf(given, [], []);
  const nameOf = (workload: number) => given.names.workloads[workload] ?? '';
  return {
    given,
    suspicion,
    names: suspicion.suspects.filter((one) => !one.ruledOut).map((one) => nameOf(one.workload)),
    ruledOut: new Map(
      suspicion.suspects.flatMap((one) =>
        one.ruledOut ? [[nameOf(one.workload), one.ruledOut] as const] : [],
      ),
    ),
  };
}

const inOrder = (calls: readonly Call[]) => calls.toSorted((a, b) => a.ts - b.ts);

const slow = (service: string | undefined, factor: number) =>
  shopTraffic({ start: LATER, seconds: SECONDS, seed: 2, slow: { service, from: LATER, factor } });

describe('suspectsOf', () => {
  it.each(['gateway', 'inventory', 'postgres', 'cache'])(
    'names %s where it takes six times as long itself',
    (service) => {
      const { names, suspicion } = investigated(usual(), slow(service, 6));
      expect(suspicion.abstained).toBeUndefined();
      expect(names[0]).toBe(service);
      expect(suspicion.suspects[0]).toMatchObject({ kind: 'slow' });
      expect(suspicion.suspects[0]?.explains).toBeGreaterThan(0.8);
      expect(suspicion.suspects[0]?.rows.length).toBe(10);
    },
  );

  it('rules out who is slower only by what it calls, with the numbers', () => {
    const { ruledOut } = investigated(usual(), slow('inventory', 6));
    expect(ruledOut.get('gateway')).toMatch(
      /^Its own time is [\d.]+ ms against [\d.]+ ms before: its calls take [\d.]+ ms longer in what it calls, inventory above all\.$/,
    );
    expect(ruledOut.has('orders')).toBe(true);
    expect(ruledOut.has('cache')).toBe(false);
  });

  it.each(['payment', 'postgres', 'orders'])(
    'names %s where it fails and its callers pass it on',
    (service) => {
      const fails = { service, from: LATER, share: 0.5 };
      const bad = shopTraffic({ start: LATER, seconds: SECONDS, seed: 3, fails });
      const { names, suspicion, ruledOut } = investigated(usual(), bad);
      expect(suspicion.abstained).toBeUndefined();
      expect(names[0]).toBe(service);
      expect(suspicion.suspects[0]).toMatchObject({ kind: 'failing' });
      expect(suspicion.suspects[0]?.explains).toBeGreaterThan(0.85);
      expect(ruledOut.get('gateway')).toMatch(
        /passes on what it calls: \d+ of its \d+ failing calls had a failing call below/,
      );
    },
  );

  it('follows what fails to an operation that rejects it and was not called before', () => {
    const fails = { service: 'payment', from: LATER, share: 0.5 };
    const bad = shopTraffic({ start: LATER, seconds: SECONDS, seed: 3, fails }).map(
      (each): Call => {
        if (each.dst.workload.name !== 'payment') return each;
        return { ...each, path: '/anew', status: each.status === '500' ? '401' : '200' };
      },
    );
    const { names, suspicion } = investigated(usual(), bad);
    expect(suspicion.abstained).toBeUndefined();
    expect(names).toEqual(['payment']);
  });

  it('names two where one fails and another is slow', () => {
    const bad = shopTraffic({
      start: LATER,
      seconds: SECONDS,
      seed: 4,
      fails: { service: 'payment', from: LATER, share: 0.2 },
      slow: { service: 'cache', from: LATER, factor: 20 },
    });
    const { names } = investigated(usual(), bad);
    expect(names.slice(0, 2).sort()).toEqual(['cache', 'payment']);
  });

  it('names who is called no more by a caller that fails where it would call', () => {
    const cut = shopTraffic({
      start: LATER,
      seconds: SECONDS,
      seed: 5,
      fails: { service: 'payment', from: LATER },
    }).filter(({ dst }) => dst.workload.name !== 'payment');
    const { names, suspicion } = investigated(usual(), cut);
    expect(names[0]).toBe('payment');
    expect(suspicion.suspects[0]?.kind).toBe('unreachable');
    expect(suspicion.suspects[0]?.reasons[0]).toMatch(/stop where orders would call payment/);
  });

  it('names who gives no answer, and gives it the time that is waited for it', () => {
    const bad = slow('payment', 60).map((call): Call => {
      if (call.dst.workload.name !== 'payment') return call;
      return { ...call, latency: undefined, status: undefined };
    });
    const { names, suspicion } = investigated(usual(), bad);
    expect(names[0]).toBe('payment');
    expect(suspicion.abstained).toBeUndefined();
  });

  it('tells the nodes between which packets get lost, and names no workload', () => {
    const nodes = ['node-a', 'node-b', 'node-c'];
    const on = { seconds: SECONDS, nodes };
    const lossy = { service: undefined, from: LATER };
    const good = shopTraffic({ ...on, seed: 1 });
    const { given, suspicion } = investigated(
      good,
      shopTraffic({ ...on, start: LATER, seed: 2, lossy }),
    );
    expect(suspicion.abstained?.[0]).toMatch(/^Calls between the nodes node-a and node-b take /);
    const { network, rootCauses } = investigate(given, { origin: 'given' });
    expect(network).toEqual({ nodes: ['node-a', 'node-b'], ms: suspicion.network?.ms });
    expect(network?.ms).toBeGreaterThan(20);
    expect(rootCauses).toEqual([]);
    const slow = { service: 'orders', from: LATER, factor: 12 };
    const { names, suspicion: other } = investigated(
      good,
      shopTraffic({ ...on, start: LATER, seed: 2, slow }),
    );
    expect([names[0], other.abstained, other.network]).toEqual(['orders', undefined, undefined]);
  });

  it('says so where everything takes longer alike, and names nobody', () => {
    const { suspicion } = investigated(usual(), slow(undefined, 4));
    expect(suspicion.abstained?.[0]).toMatch(/^Everything takes longer alike/);
  });

  it('calls a spike of load that, and names nobody', () => {
    const bad = shopTraffic({
      start: LATER,
      seconds: SECONDS,
      seed: 6,
      rate: 20,
      slow: { service: 'postgres', from: LATER, factor: 3 },
    });
    const { suspicion } = investigated(usual(), bad);
    expect(suspicion.abstained?.[0]).toMatch(/^load: 3\.\d+× as many requests/);
    expect(suspicion.next.length).toBeGreaterThan(0);
  });

  it('names nobody where nothing happened', () => {
    for (let seed = 10; seed < 16; seed++) {
      const bad = shopTraffic({ start: LATER, seconds: SECONDS, seed });
      const { suspicion } = investigated(usual(seed + 100), bad);
      expect(suspicion.abstained, `seed ${seed}`).toBeDefined();
      expect(suspicion.next.length).toBeGreaterThan(0);
    }
  });

  it('names nobody by one slow call of what is hardly called, but says where to look', () => {
    const rare = (start: number, latencies: readonly number[]) =>
      latencies.map((latency, i) => {
        const ts = start + 5_000 * (i + 1);
        return call({ id: `rare/${ts}`, ts, to: 'audit', path: '/audit', latency });
      });
    const good = [...usual(), ...rare(START, [9, 10, 11])];
    const bad = [...shopTraffic({ start: LATER, seconds: SECONDS }), ...rare(LATER, [400])];
    const { names, suspicion } = investigated(inOrder(good), inOrder(bad));
    expect(suspicion.abstained?.[0]).toMatch(/^What changed shows in too few calls/);
    expect(suspicion.candidates).toBe(true);
    expect(names).toEqual(['audit']);
    expect(suspicion.suspects[0]?.score).toBeLessThanOrEqual(0.5);
  });

  it('names nobody by a handful of calls', () => {
    const bad = shopTraffic({ start: LATER, seconds: 1, rate: 1 });
    const { suspicion } = investigated(usual(), bad);
    expect(suspicion.abstained?.[0]).toMatch(/^There are too few calls to tell: \d+ in known-good/);
  });

  it('survives a side without calls', () => {
    expect(investigated([], []).suspicion.abstained).toBeDefined();
    expect(investigated(usual(), []).suspicion.abstained).toBeDefined();
    expect(investigated([], usual()).suspicion.abstained).toBeDefined();
  });

  it('gives scores that sum to at most 1, best first', () => {
    const { suspicion } = investigated(usual(), slow('orders', 4));
    const scores = suspicion.suspects.map(({ score }) => score);
    expect(scores.reduce((sum, score) => sum + score, 0)).toBeLessThanOrEqual(1);
    expect([...scores].sort((a, b) => b - a)).toEqual(scores);
  });
});
