import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { hash32 } from '../../src/support/hash.ts';
import { bundleTargets } from './engine/bundle.ts';
import { type Found, runSlice } from './engine/slice.ts';
import { writeFinding } from './findings.ts';
import type { Options } from './options.ts';
import { writeRun } from './runs.ts';
import { fileOf } from './targets.ts';

/** A target's turn: short enough that each has several, long enough that reading its corpus is little of it. */
const MIN_TURN_MS = 10_000;
const MAX_TURN_MS = 120_000;
const ROUNDS = 4;

/** Inputs that broke something once, which tests replay. */
const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures', 'fuzz');
const BUNDLE = join(import.meta.dirname, '..', '..', 'build', 'fuzz-targets');

/** Gives the targets turns until the time is over, and says a line after each. */
export async function fuzzTargets(options: Options, say: (line: string) => void): Promise<void> {
  const { targets, folder, workers } = options;
  const bundle = join(BUNDLE, String(process.pid));
  const built = await bundleTargets(
    Object.fromEntries(targets.map((name) => [name, fileOf(name)])),
    bundle,
  );
  const total = options.minutes * 60_000;
  const end = performance.now() + total;
  const turn = Math.min(
    MAX_TURN_MS,
    Math.max(MIN_TURN_MS, (total * workers) / targets.length / ROUNDS),
  );
  let next = 0;
  const takeTurns = async (): Promise<void> => {
    while (options.executions === undefined ? performance.now() < end : next < targets.length) {
      const round = Math.floor(next / targets.length);
      const name = targets[next++ % targets.length] as string;
      const findings: string[] = [];
      const found = (finding: Found) => {
        findings.push(writeFinding(join(folder, 'findings'), name, finding));
      };
      const left =
        options.executions === undefined ? end - performance.now() : Number.POSITIVE_INFINITY;
      const result = await runSlice(
        {
          module: built.modules[name] as string,
          counters: built.counters,
          words: built.words,
          seed: hash32(`${options.seed} ${name} ${round}`),
          milliseconds: options.executions === undefined ? Math.min(turn, left) : left,
          executions: options.executions ?? Number.POSITIVE_INFINITY,
          corpusFolder: resolve(folder, 'corpus', name),
          inputFolders: [join(FIXTURES, name), resolve(folder, 'corpus', name)],
        },
        options,
        found,
      );
      writeRun(folder, { target: name, build: built.hash, ...result, findings: findings.length });
      const { executions, corpus, features, processorMs } = result;
      say(
        `${name}: round ${round + 1}, ${executions} executions in ${(processorMs / 1000).toFixed(1)} s of processor time, corpus ${corpus}, coverage ${features}, findings ${findings.length}\n${findings.map((path) => `  ${path}\n`).join('')}`,
      );
    }
  };
  try {
    await Promise.all(Array.from({ length: workers }, takeTurns));
  } finally {
    await rm(bundle, { recursive: true, force: true });
  }
}
