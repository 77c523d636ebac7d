import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Observation } from '../../src/calls/observation.ts';
import { sorted } from '../../src/sources/sort.ts';
import { mergeSorted } from '../../src/sources/sort-merge.ts';

/** A temporary folder of this file's own: other tests use the common one at the same time. */
const own = mkdtempSync(join(tmpdir(), 'wireproof-sort-test-'));
beforeAll(() => vi.stubEnv('TMPDIR', own));
afterEach(() => {
  expect(readdirSync(own)).toEqual([]);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(own, { recursive: true });
});

async function* batches(records: readonly (string | undefined)[]) {
  for (let i = 0; i < records.length; i += 3) yield records.slice(i, i + 3);
}

const line = (ts: number, id: string) => JSON.stringify({ id, ts, proto: 'http' });
const name = (o: Observation) => (o.kind === 'call' ? `${o.call.ts} ${o.call.id}` : o.reason);

async function sort(records: readonly (string | undefined)[], maxHeld?: number) {
  const out: string[] = [];
  for await (const batch of sorted(batches(records), maxHeld)) out.push(...batch.map(name));
  return out;
}

const records = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.tuple(fc.nat(50), fc.stringMatching(/^[a-z]{1,3}$/)) },
    { weight: 1, arbitrary: fc.constant('garbage') },
    { weight: 1, arbitrary: fc.constant(undefined) },
  ),
  { maxLength: 60 },
);

test('runs on disk give the same as memory: by time, then id, bad ones where they stood', async () => {
  await fc.assert(
    fc.asyncProperty(records, fc.integer({ min: 1, max: 2000 }), async (entries, maxHeld) => {
      const texts = entries.map((e) => (Array.isArray(e) ? line(e[0], e[1]) : e));
      const inMemory = await sort(texts);
      expect(await sort(texts, maxHeld)).toEqual(inMemory);
      const calls = entries.filter((e) => Array.isArray(e)).map(([ts, id]) => `${ts} ${id}`);
      const key = (text: string) => `${text.split(' ')[0]?.padStart(4, '0')} ${text}`;
      const isCall = (text: string) => /^\d/.test(text);
      expect(inMemory.filter(isCall)).toEqual(
        calls.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0)),
      );
      expect(inMemory).toHaveLength(entries.length);
    }),
    { numRuns: 60 },
  );
});

test('a bad record stays behind the call that it followed', async () => {
  const texts = ['bad', line(2, 'a'), 'bad', undefined, line(1, 'a')];
  const expected = ['not JSON', '1 a', '2 a', 'not JSON', 'line longer than 16 MiB'];
  expect(await sort(texts)).toEqual(expected);
  expect(await sort(texts, 1)).toEqual(expected);
});

test('no file is left behind when the reader stops early', async () => {
  const texts = [...Array(100).keys()].map((i) => line(100 - i, `${i}`));
  for await (const batch of sorted(batches(texts), 500)) {
    expect(batch.length).toBeGreaterThan(0);
    break;
  }
});

test('no file is left behind when the source fails', async () => {
  async function* failing() {
    yield [line(2, 'a')];
    yield [line(1, 'a')];
    throw new Error('gone');
  }
  const drain = async () => {
    for await (const _ of sorted(failing(), 1));
  };
  await expect(drain()).rejects.toThrow('gone');
});

test('streams merge into one, equal values by stream', async () => {
  async function* stream(values: readonly number[], i: number) {
    for (const value of values) yield { value, i };
  }
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(fc.nat(9))), async (lists) => {
      const streams = lists.map((list, i) => stream(list.toSorted(), i));
      const merged = [];
      for await (const item of mergeSorted(streams, (a, b) => a.value - b.value)) merged.push(item);
      const expected = lists
        .flatMap((list, i) => list.toSorted().map((value) => ({ value, i })))
        .sort((a, b) => a.value - b.value || a.i - b.i);
      expect(merged).toEqual(expected);
    }),
  );
});
