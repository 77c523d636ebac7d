import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseOf } from '../../../src/incident/case-of.ts';
import type { Change } from '../../../src/incident/change.ts';
import { changesOf } from '../../../src/incident/onset/changes-of.ts';
import { readingOf, type ShopOptions, START, shopTraffic } from '../shop-traffic.ts';

const BAD = START + 60_000;
const ONSET = BAD + 25_000;

const usual = readingOf(shopTraffic({ seconds: 60, seed: 1 }));

function given(bad: Partial<ShopOptions>, good?: Partial<ShopOptions>) {
  return caseOf(
    good ? readingOf(shopTraffic({ seconds: 60, seed: 1, ...good })) : usual,
    readingOf(shopTraffic({ seconds: 60, seed: 2, start: BAD, ...bad })),
    { minSamples: 20 },
  );
}

function named(at: ReturnType<typeof given>, changes: readonly Change[]) {
  return changes.map((change) => ({
    ...change,
    workload: at.names.workloads[change.place.workload],
    operation: at.names.operations[change.place.operation ?? -1]?.operation,
  }));
}

describe('changesOf', () => {
  it('dates a failure that begins sharply between the last good call and the first bad one', () => {
    const at = given({ fails: { service: 'payment', from: ONSET } });
    const errors = named(at, changesOf(at)).filter(
      ({ measure, operation }) => measure === 'errors' && operation === 'payment GET /payment',
    );
    expect(errors.map(({ place }) => place.caller === undefined)).toEqual([true, false]);
    for (const { from, to, at, before, after, until } of errors) {
      expect(from).toBeLessThanOrEqual(ONSET);
      expect(to).toBeGreaterThanOrEqual(ONSET);
      expect(to - from).toBeLessThan(1_500);
      expect(Math.abs(at - ONSET)).toBeLessThan(1_000);
      expect([before, after, until]).toEqual([0, 1, undefined]);
    }
  });

  it('dates a service that gets slow, in its latency and its own time, but not in its callers’ own', () => {
    const at = given({ slow: { service: 'inventory', from: ONSET, factor: 6 } });
    const changes = named(at, changesOf(at));
    const slower = changes.filter(({ measure }) => measure === 'latency' || measure === 'own-time');
    expect(new Set(slower.map(({ workload }) => workload))).toEqual(
      new Set(['gateway', 'inventory', 'orders']),
    );
    const own = slower.filter(({ measure }) => measure === 'own-time');
    expect(new Set(own.map(({ workload }) => workload))).toEqual(new Set(['inventory']));
    for (const { at, from, to } of slower) {
      expect(Math.abs(at - ONSET)).toBeLessThan(2_000);
      expect(from).toBeLessThanOrEqual(ONSET + 200);
      expect(to).toBeGreaterThanOrEqual(ONSET - 200);
    }
  });

  it('tells until when it lasted', () => {
    const fails = { service: 'payment', from: ONSET, to: ONSET + 12_000 };
    const at = given({ fails });
    const errors = changesOf(at).filter(({ measure }) => measure === 'errors');
    expect(errors.length).toBeGreaterThan(0);
    for (const { until } of errors) expect(Math.abs((until ?? 0) - fails.to)).toBeLessThan(1_500);
  });

  it('begins before the window what its first calls show', () => {
    const at = given({ fails: { service: 'payment', from: BAD - 5_000 } });
    const errors = changesOf(at).filter(({ measure }) => measure === 'errors');
    expect(errors.length).toBeGreaterThan(0);
    for (const { from, to } of errors) {
      expect(from).toBeLessThanOrEqual(at.good.end);
      expect(to).toBeLessThan(BAD + 1_500);
    }
  });

  it('sees what is called no more, and what that lets go missing downstream', () => {
    const at = given({ fails: { service: 'orders', from: ONSET } });
    const changes = named(at, changesOf(at));
    const gone = changes.filter(({ measure, after }) => measure === 'volume' && after === 0);
    expect(new Set(gone.map(({ workload }) => workload))).toEqual(
      new Set(['catalogue', 'cache', 'inventory', 'payment', 'postgres']),
    );
    for (const { at } of gone) expect(Math.abs(at - ONSET)).toBeLessThanOrEqual(1_000);
    const fanOut = changes.find(
      ({ measure, workload }) => measure === 'fan-out' && workload === 'orders',
    );
    expect([fanOut?.before, fanOut?.after]).toEqual([3, 0]);
  });

  it('holds its false alarms where nothing changed', () => {
    const all = Array.from({ length: 12 }, (_, i) => {
      const at = given(
        { seconds: 30, seed: 100 + i, errors: 0.02 },
        { seconds: 30, seed: 500 + i, errors: 0.02 },
      );
      return changesOf(at).length;
    });
    expect(all.filter((changes) => changes > 0).length).toBeLessThanOrEqual(1);
  });

  it('takes a daily ramp of load for volume alone, and a busy machine for nothing', () => {
    const ramp = given({ rate: (second) => 6 + second / 3 });
    const measures = changesOf(ramp).map(({ measure }) => measure);
    expect(new Set(measures)).toEqual(new Set(['volume']));
    const busy = given({ slow: { service: undefined, from: ONSET, factor: 3 } });
    expect(changesOf(busy)).toEqual([]);
  });

  it('takes a gap of the capture for none in the traffic', () => {
    const at = given({ rate: (second) => (second >= 20 && second < 26 ? 0 : 6) });
    expect(changesOf(at)).toEqual([]);
  });

  it('moves with time', () => {
    const fails = { service: 'payment', from: ONSET };
    const still = changesOf(given({ fails }));
    fc.assert(
      fc.property(fc.integer({ min: -1_000, max: 100_000 }), (seconds) => {
        const shift = seconds * 4_000;
        const moved = changesOf(
          given(
            { fails: { ...fails, from: ONSET + shift }, start: BAD + shift },
            { start: START + shift },
          ),
        );
        expect(moved.map(({ at, place, measure }) => [at - shift, place, measure])).toEqual(
          still.map(({ at, place, measure }) => [at, place, measure]),
        );
      }),
      { numRuns: 3 },
    );
  });

  it('says nothing of few calls, or of none', () => {
    expect(
      changesOf(
        given({ seconds: 1, fails: { service: 'payment', from: BAD, share: 0.1 } }, { seconds: 2 }),
      ),
    ).toEqual([]);
    const nothing = caseOf(readingOf([]), readingOf([]), { minSamples: 20 });
    expect(changesOf(nothing)).toEqual([]);
  });
});
