import { describe, expect, test } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { compareProfiles } from '../../src/compare/compare.ts';
import { EarlyFindings } from '../../src/compare/early.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import { call, json } from '../support/calls.ts';
import { random } from '../support/random.ts';

type Make = (i: number) => Partial<Call>;

/** Calls ten a second, 20 to 60 ms unless `make` says otherwise. */
function profile(seed: number, count: number, make: Make = () => ({})) {
  const next = random(seed);
  const profiler = new Profiler();
  for (let i = 0; i < count; i++) {
    const given = { responseBody: json({ id: i, name: 'x' }), ...make(i) };
    const at = { id: `${seed}/${i}`, ts: 1_000_000 + i * 100, latency: 20 + 40 * next() };
    const one = call({ ...at, to: 'orders', path: '/o', ...given });
    profiler.push({ kind: 'call', call: one });
  }
  return profiler.finish();
}

function looks(counts: readonly number[], make: Make, baseline?: Make) {
  const early = new EarlyFindings([]);
  return counts.map((count) => {
    const base = profile(1, 600, baseline);
    const findings = early.look(compareProfiles(base, profile(2, count, make), { minSamples: 20 }));
    return findings.filter(({ severity }) => severity === 'breaking').map(({ rule }) => rule);
  });
}

describe('a window that still runs', () => {
  test('is slower for certain after 25 calls that take twice as long', () => {
    const slow: Make = (i) => ({ latency: 50 + ((i * 37) % 70) });
    expect(looks([10, 25], slow)).toEqual([[], ['latency.p95-increased']]);
  });

  test('is not slower by one moment alone, however slow', () => {
    const slow = (isSlow: (i: number) => boolean): Make => {
      return (i) => (isSlow(i) ? { latency: 400 } : {});
    };
    expect(
      looks(
        [200],
        slow((i) => i >= 100 && i < 110),
      ),
    ).toEqual([[]]);
    expect(
      looks(
        [200],
        slow((i) => i % 5 === 0),
      ),
    ).toEqual([['latency.p95-increased']]);
  });

  test('fails by errors for certain, not by the first few', () => {
    const failing: Make = (i) => (i % 10 === 9 ? { status: '503' } : {});
    expect(looks([30, 300], failing)).toEqual([[], ['error.new-status']]);
    expect(looks([30, 300], failing, failing)).toEqual([[], []]);
  });

  test('lost a field when that lasts for twice the calls', () => {
    const without: Make = () => ({ responseBody: json({ id: 1 }) });
    const field = 'schema.field-removed';
    expect(looks([30, 40, 59, 60], without)).toEqual([[], [], [], [field]]);
  });
});
