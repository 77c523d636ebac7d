import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeptCalls, SLICE_MS } from '../../../src/incident/reading/kept-calls.ts';
import { call } from '../../support/calls.ts';

const times = fc
  .array(fc.integer({ min: 0, max: 400_000 }), { minLength: 1, maxLength: 300 })
  .map((all) => all.toSorted((a, b) => a - b));

function kept(all: readonly number[], most: number, bytes = Number.POSITIVE_INFINITY) {
  const calls = new KeptCalls(most, bytes);
  for (const [row, ts] of all.entries()) calls.push(call({ id: String(row), ts, path: '/a' }), row);
  return calls.runs();
}

test('all calls are kept where they fit, in one run, however sparse they are', () => {
  fc.assert(
    fc.property(times, (all) => {
      const runs = kept(all, all.length);
      expect(runs.map(({ rows }) => rows)).toEqual([[...all.keys()]]);
      expect(runs[0]?.from).toBeLessThanOrEqual(all[0] as number);
      expect(runs[0]?.to).toBeGreaterThan(all.at(-1) as number);
    }),
  );
});

test('runs are apart, in order of time, and hold their calls', () => {
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 60 }), (all, most) => {
      const runs = kept(all, most);
      for (const [i, { from, to, rows }] of runs.entries()) {
        if (i > 0) expect(from).toBeGreaterThan(runs[i - 1]?.to as number);
        for (const row of rows) {
          expect(all[row]).toBeGreaterThanOrEqual(from);
          expect(all[row]).toBeLessThan(to);
        }
      }
    }),
  );
});

test('a slice is kept whole or not at all, and no more calls than asked for beyond one slice', () => {
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 60 }), (all, most) => {
      const runs = kept(all, most);
      const slices = new Map<number, number>();
      for (const ts of all) {
        const slice = Math.floor(ts / SLICE_MS);
        slices.set(slice, (slices.get(slice) ?? 0) + 1);
      }
      const rows = runs.flatMap((run) => run.rows);
      const of = new Set(rows.map((row) => Math.floor((all[row] as number) / SLICE_MS)));
      expect(rows.length).toBe(
        [...of].reduce((sum, slice) => sum + (slices.get(slice) as number), 0),
      );
      expect(rows.length <= most || of.size === 1).toBe(true);
    }),
  );
});

test('what is kept is spread over all of the time', () => {
  const all = Array.from({ length: 10_000 }, (_, i) => i * 40);
  const runs = kept(all, 1_200);
  const rows = runs.flatMap((run) => run.rows);
  expect(rows.length).toBeGreaterThan(600);
  expect(rows[0]).toBeLessThan(2_000);
  expect(rows.at(-1)).toBeGreaterThan(8_000);
});

test('where calls are dense, what is kept still lies at both ends of the time', () => {
  // 60 s of 4,000 calls a second, of which 12,000 are kept.
  const all = Array.from({ length: 240_000 }, (_, i) => i / 4);
  const runs = kept(all, 12_000);
  expect(runs.length).toBeGreaterThanOrEqual(3);
  expect(runs[0]?.to).toBeLessThan(20_000);
  expect(runs.at(-1)?.from).toBeGreaterThan(40_000);
  expect(runs.flatMap(({ rows }) => rows).length).toBeLessThanOrEqual(12_000);
});

test('large bodies count for what they hold', () => {
  const calls = new KeptCalls(1_000, 50_000);
  for (let row = 0; row < 100; row++) {
    const responseBody = { state: 'whole', text: 'x'.repeat(5_000) } as const;
    calls.push(call({ id: String(row), ts: row * SLICE_MS, responseBody }), row);
  }
  expect(calls.runs().flatMap(({ rows }) => rows).length).toBeLessThanOrEqual(10);
});
