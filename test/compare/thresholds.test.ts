import { describe, expect, test } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { compareProfiles } from '../../src/compare/compare.ts';
import { pairOperations } from '../../src/compare/pairs.ts';
import { sequentialRegressions } from '../../src/compare/sequential.ts';
import { type Thresholds, USUAL_THRESHOLDS } from '../../src/compare/thresholds.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import { call } from '../support/calls.ts';

function profile(make: (i: number) => Partial<Call>, count = 400) {
  const profiler = new Profiler();
  for (let i = 0; i < count; i++) {
    const one = call({
      id: `n/${i}`,
      ts: 1_000_000 + i * 100,
      to: 'orders',
      path: '/a',
      ...make(i),
    });
    profiler.push({ kind: 'call', call: one });
  }
  return profiler.finish();
}

/** Latencies that look random and repeat, around 20 to 30 ms. */
const latency = (i: number) => 20 + ((i * 7919) % 100) / 10;
const usual = profile((i) => ({ latency: latency(i) }));
const slower = profile((i) => ({ latency: 1.6 * latency(i) }));
const failing = (share: number) =>
  profile((i) => ({ latency: latency(i), status: (i * 37) % 100 < 100 * share ? '500' : '200' }));

function rules(cand: ReturnType<typeof profile>, base = usual, given: Partial<Thresholds> = {}) {
  const thresholds = { ...USUAL_THRESHOLDS, ...given };
  return compareProfiles(base, cand, { minSamples: 20, thresholds })
    .findings.filter(({ severity }) => severity === 'breaking')
    .map(({ rule }) => rule);
}

describe('thresholds', () => {
  test('are the usual ones where none is given', () => {
    const options = { minSamples: 20 };
    for (const cand of [usual, slower, failing(0.05)]) {
      const { findings } = compareProfiles(usual, cand, options);
      const given = { ...options, thresholds: USUAL_THRESHOLDS };
      expect(compareProfiles(usual, cand, given).findings).toEqual(findings);
    }
  });

  test('say how much slower is worth a finding, in time and as a ratio', () => {
    expect(rules(slower)).toEqual(['latency.p95-increased']);
    expect(rules(slower, usual, { latencyIncrease: 30 })).toEqual([]);
    expect(rules(slower, usual, { latencyIncrease: 15 })).toEqual(['latency.p95-increased']);
    expect(rules(slower, usual, { latencyRatio: 2.5 })).toEqual([]);
    const quick = (times: number) => profile((i) => ({ latency: (times * latency(i)) / 10 }));
    expect(rules(quick(1.6), quick(1))).toEqual([]);
    expect(rules(quick(1.6), quick(1), { latencyIncrease: 1 })).toEqual(['latency.p95-increased']);
  });

  test('say how many errors more are worth a finding', () => {
    expect(rules(failing(0.15), failing(0.05))).toEqual(['error.rate-increased']);
    expect(rules(failing(0.15), failing(0.05), { errorIncrease: 0.2 })).toEqual([]);
  });

  test('keep the early look from failing for less than they allow', () => {
    const { pairs } = pairOperations(usual, slower);
    expect(sequentialRegressions(pairs)).toHaveLength(1);
    expect(sequentialRegressions(pairs, { ...USUAL_THRESHOLDS, latencyIncrease: 30 })).toEqual([]);
    const low = { ...USUAL_THRESHOLDS, latencyIncrease: 0, latencyRatio: 1 };
    expect(sequentialRegressions(pairs, low)).toEqual(sequentialRegressions(pairs));
  });
});
