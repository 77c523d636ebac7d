import { join } from 'node:path';
import { formatOperation } from '../../src/calls/operation.ts';
import { pathTokens } from '../../src/calls/segment-path.ts';
import { PathTrie } from '../../src/profile/path-trie.ts';
import { drawTemplates } from '../../src/profile/templates.ts';
import { type Api, readApis, type Sample, sampleCalls } from './path-corpus.ts';

const VOLUMES = [10, 40, 160];
const SEEDS = [1, 2, 3, 4];
const TARGET = 0.98;
interface Calls {
  calls: number;
}

const counts = {
  create: (): Calls => ({ calls: 0 }),
  merge: (into: Calls, from: Calls) => {
    into.calls += from.calls;
  },
};

interface Score {
  readonly f1: number;
  readonly missed: readonly string[];
  readonly invented: readonly string[];
}

/** F1 of the set of templates drawn from half of the calls as baseline and half as candidate. */
function scoreOf(samples: readonly Sample[]): Score {
  const truth = new Set<string>();
  const drawn = new Set<string>();
  const tries = new Map<string, PathTrie<Calls>>();
  for (const [i, { method, path, template }] of samples.entries()) {
    truth.add(`${method} ${template}`);
    const side = `${method} ${i % 2}`;
    const trie = tries.get(side) ?? new PathTrie(counts);
    tries.set(side, trie);
    const seen = trie.at(pathTokens(path));
    seen.calls++;
  }
  const templates = drawTemplates([...tries.values()], (value) => value.calls);
  for (const [side, trie] of tries) {
    const method = side.slice(0, -2);
    for (const [segments] of trie.leaves()) {
      const family = { workload: '', protocol: 'http', method, separator: '/' } as const;
      drawn.add(formatOperation(family, templates.of(segments)).trim());
    }
  }
  const invented = [...drawn].filter((template) => !truth.has(template));
  const missed = [...truth].filter((template) => !drawn.has(template));
  const hits = truth.size - missed.length;
  return { f1: (2 * hits) / (truth.size + drawn.size), missed, invented };
}

function main(): void {
  const details = process.argv.includes('--details');
  const apis = readApis(join(import.meta.dirname, '../../fixtures/paths'));
  const all: number[] = [];
  const columns = VOLUMES.map((volume) => `${volume}/route`.padStart(10)).join('');
  process.stdout.write(
    `${'API'.padEnd(14)}${'routes'.padStart(7)}${columns}${'mean F1'.padStart(10)}\n`,
  );
  for (const api of apis) {
    const byVolume = VOLUMES.map((volume) => mean(SEEDS.map((seed) => run(api, volume, seed))));
    all.push(mean(byVolume));
    const cells = [...byVolume, mean(byVolume)].map((f1) => f1.toFixed(4).padStart(10)).join('');
    process.stdout.write(
      `${api.name.padEnd(14)}${String(api.routes.length).padStart(7)}${cells}\n`,
    );
  }
  const average = mean(all);
  process.stdout.write(
    `average F1 ${average.toFixed(4)} over ${apis.length} APIs (target ${TARGET})\n`,
  );
  if (average < TARGET) process.exitCode = 1;

  function run(api: Api, volume: number, seed: number): number {
    const { f1, missed, invented } = scoreOf(sampleCalls(api, volume, seed));
    if (details) {
      for (const template of missed.slice(0, 12))
        process.stdout.write(`  - ${volume} ${template}\n`);
      for (const template of invented.slice(0, 12))
        process.stdout.write(`  + ${volume} ${template}\n`);
    }
    return f1;
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

main();
