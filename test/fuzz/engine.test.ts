import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Built, bundleTargets } from '../../scripts/fuzz/engine/bundle.ts';
import { COUNTERS, instrument } from '../../scripts/fuzz/engine/instrument.ts';
import { mutate } from '../../scripts/fuzz/engine/mutate.ts';
import { Random } from '../../scripts/fuzz/engine/random.ts';
import { shrink } from '../../scripts/fuzz/engine/shrink.ts';
import { type Found, runSlice } from '../../scripts/fuzz/engine/slice.ts';

const LIMITS = { hangMs: 2_000, memoryMiB: 200 };
/** Inside the project, where packages are found. */
const BUNDLE = `build/fuzz-test-${process.pid}`;
let folder: string;
let built: Built;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wireproof-fuzz-'));
  built = await bundleTargets(
    { planted: 'test/fuzz/planted/target.ts' },
    join(process.cwd(), BUNDLE),
  );
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await rm(BUNDLE, { recursive: true, force: true });
});

/** What a run of the planted target finds, which begins with an input. */
async function findingsFrom(input: string, executions: number): Promise<readonly Found[]> {
  const inputs = await mkdtemp(join(folder, 'inputs-'));
  await writeFile(join(inputs, 'first'), input);
  const found: Found[] = [];
  await runSlice(
    {
      module: built.modules.planted as string,
      counters: built.counters,
      words: built.words,
      seed: 1,
      processorMs: 60_000,
      deadline: Number.POSITIVE_INFINITY,
      executions,
      corpusFolder: await mkdtemp(join(folder, 'corpus-')),
      inputFolders: [inputs],
    },
    LIMITS,
    (finding) => found.push(finding),
  );
  return found;
}

const text = ({ input }: { readonly input: Uint8Array }) => Buffer.from(input).toString('latin1');

describe('a run', () => {
  it('gets through comparisons one by one, and makes what it finds small', async () => {
    const found = await findingsFrom('?', 150_000);
    expect(found.map((one) => [one.kind, text(one)])).toEqual([['failure', 'fuz1=magic=']]);
    expect(found[0]?.words).toContain('Error: found');
  });

  it('ends an input that never ends, and tells it', async () => {
    const found = await findingsFrom('hangs, 47 times', 10);
    expect(found.map((one) => [one.kind, text(one)])).toEqual([['hang', 'hangs, 47 times']]);
  });

  it('ends an input that fills the memory, and tells it', async () => {
    const found = await findingsFrom('fills, 11 times', 10);
    expect(found.map((one) => [one.kind, text(one)])).toEqual([['memory', 'fills, 11 times']]);
  });
});

it('a turn that is stopped tells what it took', async () => {
  const { processorMs } = await runSlice(
    {
      module: built.modules.planted as string,
      counters: built.counters,
      words: [],
      seed: 1,
      processorMs: Number.POSITIVE_INFINITY,
      deadline: Number.POSITIVE_INFINITY,
      executions: Number.POSITIVE_INFINITY,
      corpusFolder: await mkdtemp(join(folder, 'corpus-')),
      inputFolders: [],
    },
    LIMITS,
    () => {},
    AbortSignal.timeout(500),
  );
  expect(processorMs).toBeGreaterThan(0);
});

describe('instrumented code', () => {
  const code = `
    const named = (a) => a ? { b: 'é😀' }.b : a ?? (() => 'none')();
    function way(x) { if (x > 2) return 'many'; else for (let i = 0; i < x; i++) continue; switch (x) { case 1: return 'one'; default: } try { throw x } catch { return x && 'some' } }
    globalThis.shown = [named(1), named(0), named(null), way(3), way(1), way(2), way(0)];`;
  const run = (source: string): unknown => {
    runInThisContext(`(() => {${source}})()`);
    return (globalThis as { shown?: unknown }).shown;
  };

  it('does what it did, and counts where it went', () => {
    const { code: counting, count, words } = instrument(code, 3);
    const counters = new Uint8Array(3 + count);
    Object.assign(globalThis, { [COUNTERS]: counters });
    const plain = run(code);
    expect(run(counting)).toEqual(plain);
    expect([...counters.subarray(0, 3)]).toEqual([0, 0, 0]);
    expect(counters.subarray(3).filter((hits) => hits > 0).length).toBe(count);
    expect(words).toEqual(['many', 'none', 'one', 'some', 'é😀']);
  });
});

it('changes are the same for the same seed, and no longer than the limit', () => {
  const material = { words: [Buffer.from('word')], other: () => Buffer.from('another input') };
  const changes = (seed: number) => {
    const random = new Random(seed);
    return Array.from({ length: 500 }, () =>
      Buffer.from(mutate(Buffer.from('an input: 17'), 20, random, material)).toString('latin1'),
    );
  };
  expect(changes(1)).toEqual(changes(1));
  expect(changes(1)).not.toEqual(changes(2));
  expect(Math.max(...changes(1).map(({ length }) => length))).toBe(20);
  expect(new Set(changes(1)).size).toBeGreaterThan(400);
});

it('what fails is made as small as it still fails', async () => {
  const small = await shrink(Buffer.from('some aXX text bYY more'), async (input) => {
    const shown = Buffer.from(input).toString();
    return shown.includes('a') && shown.includes('b');
  });
  expect(Buffer.from(small).toString()).toBe('ab');
});
