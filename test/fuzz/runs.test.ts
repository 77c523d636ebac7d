import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sourceHashes } from '../../scripts/fuzz/engine/source-hashes.ts';
import { type Run, runsOf, totals, writeRun } from '../../scripts/fuzz/runs.ts';
import { Turns } from '../../scripts/fuzz/turns.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wireproof-fuzz-runs-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('a hash stands for a module and what it uses, and nothing else', async () => {
  const hashes = async (at: string, shared: string) => {
    const place = join(folder, at);
    await mkdir(place, { recursive: true });
    await writeFile(join(place, 'a.ts'), "import { x } from './shared.ts'; console.log(x);");
    await writeFile(join(place, 'b.ts'), "import 'node:fs'; export const own = 1;");
    await writeFile(join(place, 'shared.ts'), `export const x = ${shared};`);
    return sourceHashes({ a: join(place, 'a.ts'), b: join(place, 'b.ts') });
  };
  const first = await hashes('one', '1');
  expect(await hashes('one', '1')).toEqual(first);
  const then = await hashes('one', '2');
  expect(then.b).toBe(first.b);
  expect(then.a).not.toBe(first.a);
});

const run = (target: string, build: string, minutes: number): Run => ({
  ...{ target, build, executions: 10, processorMs: 60_000 * minutes },
  ...{ corpus: 3, features: 4, findings: 1 },
});

it('what was done on other sources counts apart', () => {
  for (const one of [run('a', 'old', 1), run('a', 'new', 2), run('b', 'old', 3)]) {
    writeRun(folder, one);
  }
  const builds = { a: 'new', b: 'newer' };
  expect(runsOf(folder, builds)).toEqual([run('a', 'new', 2)]);
  expect(totals(folder, builds).split('\n').slice(2, -1)).toEqual([
    '| a | 20 | 3.0 | 2 | 10 | 2.0 | 1 | 3 |',
    '| b | 10 | 3.0 | 1 | 0 | 0.0 | 0 |  |',
    '| all | 30 | 6.0 | 3 | 10 | 2.0 | 1 | |',
  ]);
});

it('turns go to those who had least, in earlier runs as well, and begin where those ended', () => {
  const turns = new Turns(['a', 'b'], Number.POSITIVE_INFINITY, [run('a', '', 2), run('c', '', 0)]);
  const names = Array.from({ length: 4 }, () => {
    const turn = turns.next();
    if (turn) turns.took(turn.name, 90_000);
    return turn;
  });
  expect(names).toEqual([
    { name: 'b', round: 1 },
    { name: 'b', round: 2 },
    { name: 'a', round: 2 },
    { name: 'b', round: 3 },
  ]);
});

it('without a time each has one turn, the same one whatever ran before', () => {
  const turns = new Turns(['a'], undefined, [run('a', '', 2)]);
  expect(turns.next()).toEqual({ name: 'a', round: 1 });
  turns.took('a', 1);
  expect(turns.next()).toBeUndefined();
});
