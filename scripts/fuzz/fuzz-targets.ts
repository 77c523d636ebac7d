import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { hash32 } from '../../src/support/hash.ts';
import { stopSignal } from '../../src/support/stop-signal.ts';
import { bundleTargets } from './engine/bundle.ts';
import { type Found, runSlice } from './engine/slice.ts';
import { sourceHashes } from './engine/source-hashes.ts';
import { writeFinding } from './findings.ts';
import type { Options } from './options.ts';
import { runsOf, writeRun } from './runs.ts';
import { entriesOf } from './targets.ts';
import { Turns } from './turns.ts';

/** Processor time of a turn, ms: each target has several, and reading its corpus is little of one. */
const MAX_TURN_MS = 15_000;
const MIN_TURN_MS = 2_000;
const ROUNDS = 4;
/** Inputs that broke something once, which tests replay. */
const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures', 'fuzz');
/** Inside the project, where the packages are found. */
const BUNDLES = join(import.meta.dirname, '..', '..', 'build', 'fuzz-targets');

/** Gives the targets turns until the time is over, or the process is told to stop, and says a line after each. */
export async function fuzzTargets(options: Options, say: (line: string) => void): Promise<void> {
  const { targets, folder, workers } = options;
  const bundle = join(BUNDLES, String(process.pid));
  const builds = await sourceHashes(entriesOf(targets));
  const built = await bundleTargets(entriesOf(targets), bundle);
  const stop = stopSignal(process);
  const share = (options.minutes * 60_000 * workers) / targets.length / ROUNDS;
  const turnMs = Math.min(MAX_TURN_MS, Math.max(MIN_TURN_MS, share));
  const deadline = Date.now() + options.minutes * 60_000;
  const turns = new Turns(
    targets,
    options.executions === undefined ? deadline : undefined,
    runsOf(folder, builds),
  );
  const take = async (): Promise<void> => {
    for (let turn = turns.next(); turn && !stop.aborted; turn = turns.next()) {
      const { name, round } = turn;
      const findings: string[] = [];
      const found = (finding: Found) => {
        findings.push(writeFinding(join(folder, 'findings'), name, finding));
      };
      const corpusFolder = resolve(folder, 'corpus', name);
      const result = await runSlice(
        {
          module: built.modules[name] as string,
          counters: built.counters,
          words: built.words,
          seed: hash32(`${options.seed} ${name} ${round}`),
          processorMs: options.executions === undefined ? turnMs : Number.POSITIVE_INFINITY,
          deadline: options.executions === undefined ? deadline : Number.POSITIVE_INFINITY,
          executions: options.executions ?? Number.POSITIVE_INFINITY,
          corpusFolder,
          inputFolders: [join(FIXTURES, name), corpusFolder],
        },
        options,
        found,
        stop,
      );
      turns.took(name, result.processorMs);
      const { executions, corpus, features, processorMs } = result;
      writeRun(folder, {
        ...{ target: name, build: builds[name] ?? '', executions, processorMs, corpus, features },
        findings: findings.length,
      });
      say(
        `${name}: turn ${round}, ${executions} inputs in ${(processorMs / 1000).toFixed(1)} s of processor time, corpus ${corpus}, coverage ${features}, findings ${findings.length}\n${findings.map((path) => `  ${path}\n`).join('')}`,
      );
    }
  };
  try {
    await Promise.all(Array.from({ length: workers }, take));
  } finally {
    await rm(bundle, { recursive: true, force: true });
  }
}
