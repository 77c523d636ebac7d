import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CORPORA, writeCorpus } from './corpus.ts';

/**
 * Peak memory (RSS) of `wireproof profile`, the built bundle in a process of its own, by how many calls
 * there are. Documented in docs/performance.md.
 *
 *   node scripts/bench/memory.ts [CALLS…]
 */
const sizes = process.argv.slice(2).map(Number);
const peak = join(import.meta.dirname, 'peak.ts');
const cli = join(import.meta.dirname, '../../dist/cli.js');

const folder = await mkdtemp(join(tmpdir(), 'wireproof-bench-'));
try {
  for (const corpus of CORPORA) {
    for (const calls of sizes.length > 0 ? sizes : [20_000, 200_000, 1_000_000]) {
      const path = join(folder, 'calls.ndjson');
      await writeCorpus(corpus, calls, path);
      const args = ['--import', peak, cli, 'profile', path, '-o', join(folder, 'profile.json')];
      // What it tells of itself goes to stderr, behind what the command says.
      const told = execFileSync('/bin/sh', ['-c', '"$0" "$@" 2>&1', process.execPath, ...args], {
        encoding: 'utf8',
      });
      process.stdout.write(`${corpus.name}, ${calls} calls: ${told.trim().split('\n').at(-1)}\n`);
      await rm(path);
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
