import { describe, expect, test } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { compareProfiles } from '../../src/compare/compare.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import { call } from '../support/calls.ts';
import { random } from '../support/random.ts';

const SERVICES = 10;
const CALLS = 200;

/** Ten services with 200 calls each, about 20 ms; the first as `make` has it. */
function profile(seed: number, make: (next: () => number) => Partial<Call> = () => ({})) {
  const next = random(seed);
  const profiler = new Profiler();
  for (let i = 0; i < CALLS; i++) {
    for (let k = 0; k < SERVICES; k++) {
      const latency = 20 * Math.exp(next() + next() - 1);
      const id = `${i}/${k}`;
      const usual = { id, ts: 1e6 + i * 100 + k, to: `s${k}`, path: '/work', latency };
      const made = k === 0 ? make(next) : {};
      const own = { ...usual, ...made, latency: latency * (made.latency ?? 1) };
      profiler.push({ kind: 'call', call: call(own) });
    }
  }
  return profiler.finish();
}

const base = profile(1);
const compare = (cand: ReturnType<typeof profile>) =>
  compareProfiles(base, cand, { minSamples: 20 });
const [compared] = compare(profile(2)).coverage.compared;
const first = compared?.visible;

/** In how many of 25 candidates with the change the first service breaks by the family of rules. */
function found(family: string, make: (next: () => number) => Partial<Call>): number {
  return Array.from({ length: 25 }, (_, i) => compare(profile(100 + i, make))).filter((c) =>
    c.findings.some(
      ({ severity, operation, rule }) =>
        severity === 'breaking' && operation.startsWith('s0 ') && rule.startsWith(family),
    ),
  ).length;
}

describe('the smallest changes that would have been found', () => {
  test('are there for each operation, with its samples', () => {
    expect(compare(profile(2)).coverage.compared).toHaveLength(SERVICES);
    expect(compared).toMatchObject({
      operation: 's0 GET /work',
      baseline: CALLS,
      candidate: CALLS,
    });
  });

  test('a slowdown of that size is found four times in five, a third of it seldom', () => {
    const factor = first?.slowdown as number;
    expect(found('latency.', () => ({ latency: factor }))).toBeGreaterThanOrEqual(16);
    expect(found('latency.', () => ({ latency: 1 + (factor - 1) / 3 }))).toBeLessThanOrEqual(8);
  });

  test('so is a new error', () => {
    const failing = (share: number) => (next: () => number) => ({
      status: next() < share ? '500' : '200',
    });
    const share = first?.newError as number;
    expect(found('error.', failing(share))).toBeGreaterThanOrEqual(15);
    expect(found('error.', failing(share / 4))).toBeLessThanOrEqual(8);
  });

  test('twelve calls show no slowdown at all', () => {
    const few = new Profiler();
    for (let i = 0; i < 12; i++) few.push({ kind: 'call', call: call({ id: `${i}`, to: 's0' }) });
    const profiled = few.finish();
    const [only] = compareProfiles(profiled, profiled, { minSamples: 10 }).coverage.compared;
    expect(only?.visible.slowdown).toBeNull();
  });
});
