import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Observation } from '../../src/calls/observation.ts';
import { sorted } from '../../src/sources/sort.ts';
import { mergeSorted } from '../../src/sources/sort-merge.ts';
import { RunSorter, type SortBounds, type Sorting } from '../../src/sources/sort-runs.ts';
import { Spill } from '../../src/sources/sort-spill.ts';

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

async function sort(records: readonly (string | undefined)[], bounds?: Partial<SortBounds>) {
  const out: string[] = [];
  for await (const batch of sorted(batches(records), undefined, bounds))
    out.push(...batch.map(name));
  return out;
}

const NUMBERS: Sorting<number> = {
  compare: (a, b) => a - b,
  size: () => 1,
  write: String,
  read: Number,
};

const records = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.tuple(fc.nat(50), fc.stringMatching(/^[a-z]{1,3}$/)) },
    { weight: 1, arbitrary: fc.constant('garbage') },
    { weight: 1, arbitrary: fc.constant(undefined) },
  ),
  { maxLength: 60 },
);

/** From runs of a record in many levels to a few in one. */
const bounds = fc.record({
  maxHeld: fc.integer({ min: 1, max: 2000 }),
  fanIn: fc.integer({ min: 2, max: 8 }),
});

test('runs on disk give the same as memory: by time, then id, bad ones where they stood', async () => {
  await fc.assert(
    fc.asyncProperty(records, bounds, async (entries, bounded) => {
      const texts = entries.map((e) => (Array.isArray(e) ? line(e[0], e[1]) : e));
      const inMemory = await sort(texts);
      expect(await sort(texts, bounded)).toEqual(inMemory);
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
  expect(await sort(texts, { maxHeld: 1 })).toEqual(expected);
});

test('no file is left behind when the reader stops early', async () => {
  const texts = [...Array(100).keys()].map((i) => line(100 - i, `${i}`));
  for await (const batch of sorted(batches(texts), undefined, { maxHeld: 500, fanIn: 2 })) {
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
    for await (const _ of sorted(failing(), undefined, { maxHeld: 1 }));
  };
  await expect(drain()).rejects.toThrow('gone');
});

test('streams merge into one, equal values by stream, however they are cut', async () => {
  async function* stream(batches: readonly (readonly number[])[], i: number) {
    for (const batch of batches) yield batch.map((value) => ({ value, i }));
  }
  const lists = fc.array(fc.array(fc.array(fc.nat(9), { maxLength: 700 }), { maxLength: 3 }));
  await fc.assert(
    fc.asyncProperty(lists, async (cut) => {
      const inOrder = cut.map((batches) => {
        const all = batches.flat().sort((a, b) => a - b);
        return batches.map(({ length }) => all.splice(0, length));
      });
      const merged = [];
      const compare = (a: { value: number }, b: { value: number }) => a.value - b.value;
      for await (const batch of mergeSorted(inOrder.map(stream), compare)) merged.push(...batch);
      const expected = inOrder
        .flatMap((batches, i) => batches.flat().map((value) => ({ value, i })))
        .sort((a, b) => a.value - b.value || a.i - b.i);
      expect(merged).toEqual(expected);
    }),
  );
});

test('of many runs few are open at once, and what was merged is given back to the disk', async () => {
  const open: Spill[] = [];
  const create = vi.spyOn(Spill, 'create');
  const sizes: number[] = [];
  const sorter = new RunSorter(NUMBERS, { maxHeld: 1, fanIn: 4 });
  for (let i = 0; i < 300; i++) {
    await sorter.add([(i * 7) % 300]);
    for (const result of create.mock.results.slice(open.length)) open.push(await result.value);
    sizes.push(...open.map(({ size }) => size));
  }
  const found: number[] = [];
  for await (const batch of sorter.inOrder()) found.push(...batch);
  await sorter.close();
  create.mockRestore();
  expect(found).toEqual([...Array(300).keys()]);
  expect(open).toHaveLength(5);
  expect(Math.max(...sizes)).toBe(3);
});
