import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareProfiles } from '../../../src/compare/compare.ts';
import { settle } from '../../../src/compare/latency/warm-up.ts';
import { compareWindows } from '../../../src/compare/windows.ts';
import { Profiler } from '../../../src/profile/profiler.ts';
import { Sketch } from '../../../src/profile/sketch.ts';
import { call } from '../../support/calls.ts';

const CALLS = 320;

/** Ten calls a second; those for which `isSlow` take five times as long. */
function profile(isSlow: (i: number) => boolean) {
  const profiler = new Profiler();
  for (let i = 0; i < CALLS; i++) {
    const usual = 20 + ((i * 7919) % 400) / 10;
    const latency = isSlow(i) ? 5 * usual : usual;
    profiler.push({
      kind: 'call',
      call: call({ id: `${i}`, ts: 1_024_000 + i * 100, to: 'orders', path: '/orders', latency }),
    });
  }
  return profiler.finish();
}

function findings(before: (i: number) => boolean, after: (i: number) => boolean) {
  return compareProfiles(profile(before), profile(after), { minSamples: 20 }).findings.map(
    ({ rule, severity }) => `${severity} ${rule}`,
  );
}

const never = () => false;

describe('the first calls after a rollout', () => {
  test('are set aside and told, where they alone are slow', () => {
    expect(findings(never, (i) => i < 40)).toEqual(['info latency.warm-up']);
  });

  test('of the baseline are set aside as well, and hide no regression', () => {
    expect(findings((i) => i < 40, never)).toEqual(['info latency.warm-up']);
    const slower = findings(
      (i) => i < 40,
      (i) => i < 40 || i % 8 === 0,
    );
    expect(slower).toContain('breaking latency.p95-increased');
  });

  test('break where it never settles, settles late, or comes back', () => {
    const breaks = expect.arrayContaining([expect.stringMatching(/^breaking latency\.p/)]);
    expect(findings(never, () => true)).toEqual(breaks);
    expect(findings(never, (i) => i < 160)).toEqual(breaks);
    expect(findings(never, (i) => i < 40 || i % 80 > 60)).toEqual(breaks);
  });
});

test('a warm-up in one window of the baseline is no noise that hides a regression', () => {
  const windows = [profile((i) => i < 40), profile(never)];
  const { findings } = compareWindows(
    windows,
    profile(() => true),
    { minSamples: 20 },
  );
  expect(findings).toContainEqual(
    expect.objectContaining({ rule: 'latency.p95-increased', severity: 'breaking' }),
  );
});

test('no call is lost, and at most a quarter of the time is set aside', () => {
  const slot = fc.tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 30 }));
  fc.assert(
    fc.property(fc.array(slot, { maxLength: 16 }), (slots) => {
      const sketches = slots.map(([latency, count]) => {
        const sketch = new Sketch();
        for (let i = 0; i < count; i++) sketch.add(latency + i / 10);
        return sketch;
      });
      const settled = settle(sketches);
      const all = slots.reduce((sum, [, count]) => sum + count, 0);
      expect(settled.total.count + (settled.warmUp?.count ?? 0)).toBe(all);
      expect(sketches.length - settled.slots.length).toBeLessThanOrEqual(sketches.length / 4);
    }),
  );
});

describe('slots of time that are slower than all after them', () => {
  /** Slots of ten calls, of which the first ones take so many ms, the others ten. */
  const slots = (count: number, ...first: readonly number[]) =>
    Array.from({ length: count }, (_, i) => sketch(10, first[i] ?? 10));
  const sketch = (calls: number, latency: number) => {
    const made = new Sketch();
    for (let i = 0; i < calls; i++) made.add(latency * (1 + i / 100));
    return made;
  };
  const warm = (...given: Parameters<typeof slots>) => settle(slots(...given)).warmUp?.count ?? 0;

  test('are a warm-up, up to a quarter of all', () => {
    expect(warm(8, 40)).toBe(10);
    expect(warm(8, 40, 40)).toBe(20);
    expect(warm(8, 40, 40, 40)).toBe(0);
    expect(warm(4, 40)).toBe(10);
    expect(warm(3, 40)).toBe(0);
    const { total, slots: rest } = settle(slots(8, 40, 40));
    expect([total.count, rest.length]).toEqual([60, 6]);
    expect(settle(slots(8))).not.toHaveProperty('warmUp');
    expect(settle([]).total.count).toBe(0);
  });

  test('are one from half as slow again, surely, with five calls', () => {
    expect(warm(8, 14)).toBe(0);
    expect(warm(8, 16)).toBe(10);
    const first = (calls: number) => {
      const all = [sketch(calls, 40), ...slots(7)];
      return settle(all).warmUp?.count ?? 0;
    };
    expect([first(4), first(5)]).toEqual([0, 5]);
    const wild = new Sketch();
    for (const latency of [1, 1, 1, 400, 400, 400]) wild.add(latency);
    expect(settle([wild, ...slots(7)]).warmUp).toBeUndefined();
  });
});
