import { describe, expect, test } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { caseOf } from '../../src/incident/case-of.ts';
import { investigate } from '../../src/incident/investigate.ts';
import { readingOf, type ShopOptions, START, shopTraffic } from './shop-traffic.ts';

const SECONDS = 40;
const LATER = START + SECONDS * 1_000;
const MOMENT = LATER + 12_000;

/** Known-good traffic, and right after it that of an incident, in which the fault begins after 12 s. */
function investigated(
  fault: Partial<ShopOptions>,
  { shift = 0, seed = 1, change = (calls: Call[]): Call[] => calls } = {},
) {
  const moved = (options: Partial<ShopOptions>): Partial<ShopOptions> =>
    Object.fromEntries(
      Object.entries(options).map(([name, value]) => [
        name,
        typeof value === 'object' && 'from' in value
          ? { ...value, from: value.from + shift }
          : value,
      ]),
    );
  const good = shopTraffic({ start: START + shift, seconds: SECONDS, seed });
  const bad = change(
    shopTraffic({
      start: LATER + shift,
      seconds: SECONDS,
      seed: seed + 1,
      ...moved(fault),
    }),
  );
  const given = caseOf(readingOf(good), readingOf(bad), { minSamples: 20 });
  return { given, bad, found: investigate(given, { origin: 'given' }) };
}

const failing = { fails: { service: 'inventory', from: MOMENT, share: 0.7 } } as const;
const broken = { broken: { service: 'inventory', from: MOMENT } } as const;
const slow = { slow: { service: 'inventory', from: MOMENT, factor: 30 } } as const;

describe.each([
  ['fails', failing, 'failing', 'errors'],
  ['gets slow', slow, 'slow', 'latency'],
  ['answers without a field that its callers need', broken, 'payload', 'errors'],
] as const)('a service that %s', (_name, fault, kind, effect) => {
  const { found, bad, given } = investigated(fault);

  test('is the origin, from the moment on at which it began', () => {
    const [origin] = found.rootCauses;
    expect(origin).toMatchObject({ workload: 'inventory', kind });
    expect(origin?.explains).toBeGreaterThan(0.5);
    expect(found.abstained).toBe(false);
    expect(Math.abs((found.onset ?? 0) - MOMENT)).toBeLessThan(2_000);
    expect(found.hypothesis).toContain('inventory');
    expect(found.hypothesis).toContain('gateway');
  });

  test('spread by the edges by which it is called, each backed by calls', () => {
    const ways = found.cascade.map(({ from, to }) => `${from.workload} → ${to.workload}`);
    expect(ways).toEqual(['inventory → orders', 'orders → gateway']);
    const rows = new Map(bad.map((each) => [each.id, each]));
    for (const step of found.cascade) {
      expect(step.effect).toBe(effect);
      expect(step.calls).toBeGreaterThan(2);
      expect(step.calls).toBeLessThanOrEqual(step.of);
      const [callee, caller] = step.evidence.map(({ callId }) => rows.get(callId));
      expect(callee?.dst.workload.name).toBe(step.from.workload);
      expect(callee?.src.workload.name).toBe(step.to.workload);
      expect(caller?.dst.workload.name).toBe(step.to.workload);
    }
  });

  test('is told in order of time, with what users felt', () => {
    expect(found.timeline.length).toBeGreaterThan(0);
    for (const [i, { at }] of found.timeline.entries()) {
      expect(at).toBeGreaterThanOrEqual(found.timeline[i - 1]?.at ?? 0);
    }
    const [worst] = found.affected;
    expect(worst?.operation).toBe('gateway GET /gateway');
    expect(found.impact.after).toBeGreaterThan(0.4);
    expect(found.impact.before).toBeLessThan(0.05);
    expect(found.lanes.map(({ workload }) => workload)).toContain('inventory');
    const calls = found.lanes.find(({ workload }) => workload === 'inventory')?.calls ?? [];
    const served = [...given.good.callee, ...given.bad.callee].filter(
      (index) => given.names.workloads[index] === 'inventory',
    );
    expect(calls.reduce((sum, count) => sum + count, 0)).toBe(served.length);
  });

  test('is the same in another run, and an hour later an hour later', () => {
    expect(investigated(fault).found).toEqual(found);
    const shift = 3_600_000;
    const later = investigated(fault, { shift }).found;
    expect(later.onset).toBeCloseTo((found.onset ?? 0) + shift, 0);
    expect(later.rootCauses.map(({ workload }) => workload)).toEqual(
      found.rootCauses.map(({ workload }) => workload),
    );
  });
});

describe.each([
  ['failures', { fails: { service: 'inventory', from: MOMENT, share: 0.7 } }, 'failures'],
  ['slowness', { slow: { service: 'inventory', from: MOMENT, factor: 30 } }, 'latency'],
] as const)('%s that are over before the traffic ends', (_name, fault, noun) => {
  const to = MOMENT + 15_000;
  const healed = Object.fromEntries(
    Object.entries(fault).map(([name, trouble]) => [name, { ...trouble, to }]),
  );
  const { found } = investigated(healed);

  test('are told to be over, of the incident, its origin and its way alike', () => {
    const [origin] = found.rootCauses;
    const ends = [found.began, origin?.since, ...found.cascade.map(({ since }) => since)];
    expect(ends.length).toBeGreaterThan(3);
    for (const end of ends) expect(Math.abs((end?.until ?? 0) - to)).toBeLessThan(2_000);
  });

  test('are told by what is as before again, as late as the end that is told', () => {
    const recovered = found.timeline.filter(({ kind }) => kind === 'recovered');
    const summaries = recovered.map(({ summary }) => summary);
    expect(summaries).toContain(`inventory GET /inventory: ${noun} as before again.`);
    const last = recovered.filter(({ summary }) => summary.includes(noun)).at(-1);
    expect(found.began?.until).toBe(last?.at);
  });

  test('last, where they are not over', () => {
    const { found: lasting } = investigated(fault);
    expect(lasting.began).not.toHaveProperty('until');
    expect(lasting.rootCauses[0]?.since).not.toHaveProperty('until');
  });

  test('last, where they come back after a while', () => {
    const back = investigated(healed, {
      change: (calls) =>
        calls.map((each) =>
          each.ts >= to + 8_000 && /inventory|orders|gateway/.test(each.dst.workload.name)
            ? { ...each, status: '500' }
            : each,
        ),
    });
    expect(back.found.began).not.toHaveProperty('until');
  });
});

const gone = { fails: { service: 'inventory', from: MOMENT, share: 1 } } as const;
const ways = ({ cascade }: ReturnType<typeof investigated>['found']) =>
  cascade.map(({ from, to }) => `${from.workload} → ${to.workload}`);
const causes = ({ rootCauses }: ReturnType<typeof investigated>['found']) =>
  rootCauses.map(({ workload, kind }) => `${workload} ${kind}`);

describe('a service that fails at once, and calls its store no more, which nobody else does', () => {
  test('may do so by itself, or since the store is gone: both are told', () => {
    const { found } = investigated(gone);
    expect(causes(found)).toEqual(['postgres unreachable', 'inventory failing']);
    expect(found.confidence).toBeLessThan(0.6);
    expect(found.hypothesis).toContain(', or inventory fails before it calls postgres');
    expect(ways(found)).toEqual(['postgres → inventory', 'inventory → orders', 'orders → gateway']);
  });

  test('does so by itself where new pods serve it', () => {
    const rolledOut = (calls: Call[]) =>
      calls.map((each) =>
        each.dst.workload.name === 'inventory' && each.ts >= MOMENT
          ? { ...each, dst: { ...each.dst, pod: 'inventory-new' } }
          : each,
      );
    const { found } = investigated(gone, { change: rolledOut });
    expect(causes(found)).toEqual(['inventory failing']);
    expect(found.confidence).toBeGreaterThan(0.9);
  });

  test('does not where it waits first, as for a connection', () => {
    const waits = (calls: Call[]) =>
      calls.map((each) =>
        each.status === '500' ? { ...each, latency: (each.latency ?? 0) + 1_000 } : each,
      );
    const { found } = investigated(gone, { change: waits });
    expect(causes(found)[0]).toBe('postgres unreachable');
    expect(found.confidence).toBeGreaterThan(0.8);
    expect(found.hypothesis).not.toContain(', or ');
  });
});

test('rejections that users did not get before are what they felt', () => {
  const rejects = (calls: Call[]) =>
    calls.map((each) => (each.status === '500' ? { ...each, status: '404' } : each));
  const { found } = investigated(failing, { change: rejects });
  expect(found.affected[0]?.operation).toBe('gateway GET /gateway');
  expect(found.impact.after).toBeGreaterThan(0.4);
  expect(ways(found)).toEqual(['inventory → orders', 'orders → gateway']);
});

test('two causes at once are both told, each with how it spread', () => {
  const { found } = investigated({
    fails: { service: 'payment', from: MOMENT, share: 0.1 },
    slow: { service: 'cache', from: MOMENT, factor: 40 },
  });
  expect(found.rootCauses.slice(0, 2).map(({ workload }) => workload)).toEqual(
    expect.arrayContaining(['payment', 'cache']),
  );
  expect(ways(found)).toEqual(
    expect.arrayContaining(['payment → orders', 'cache → catalogue', 'orders → gateway']),
  );
  expect(found.hypothesis).toMatch(/payment .* and cache |cache .* and payment /);
});

test.each([1, 2, 3, 4, 5])('nothing happened: no culprit is named (%i)', (seed) => {
  const { found } = investigated({}, { seed: 10 * seed });
  expect(found).toMatchObject({ abstained: true, rootCauses: [], cascade: [] });
  expect(found.reasons.length).toBeGreaterThan(0);
  expect(found.nextChecks.length).toBeGreaterThan(0);
  expect(found.hypothesis).toContain('Not enough evidence');
});
