import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { profileCapture } from '../../src/profile/profiler.ts';
import { readNdjson } from '../../src/sources/ndjson.ts';
import { CORPORA, type Corpus, writeCorpus } from './corpus.ts';
import { floor } from './floor.ts';
import { median, type Paired, paired, ratio } from './paired.ts';
import { peersOf } from './peers.ts';

/**
 * The whole profile of a capture beside the floor (reading and `JSON.parse` alone) and, with `--peers`,
 * beside other tools that infer schemas: in one process, in turn, on seeded corpora. Prints a table of
 * processor time; `--json FILE` keeps every round. The numbers in docs/performance.md are from here.
 *
 *   node --expose-gc scripts/bench/ingest.ts [--calls N] [--rounds N] [--corpus NAME…] [--peers] [--json FILE]
 */
const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '200000' },
    rounds: { type: 'string', default: '5' },
    corpus: { type: 'string', multiple: true, default: CORPORA.map(({ name }) => name) },
    peers: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const calls = Number(values.calls);
const folder = join(tmpdir(), `wireproof-bench-${process.pid}`);
await mkdir(folder, { recursive: true });
const results: unknown[] = [];
try {
  process.stdout.write(
    '| corpus | what | processor, µs a call | throughput, share of the floor | least … most |\n| --- | --- | --- | --- | --- |\n',
  );
  for (const corpus of CORPORA.filter(({ name }) => values.corpus.includes(name))) {
    results.push(await measure(corpus, join(folder, `${corpus.name}.ndjson`)));
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
if (values.json !== undefined)
  await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`);

async function measure(corpus: Corpus, path: string) {
  const bytes = await writeCorpus(corpus, calls, path);
  const runs = {
    floor: () => floor(path),
    profile: () => profileCapture(readNdjson(path, undefined, 'assumed')),
    ...(values.peers ? await peersOf(path) : {}),
  };
  const seen = await paired(runs, Number(values.rounds));
  const least = seen.get('floor') as Paired;
  for (const [name, { processor }] of seen) {
    const share = ratio(least.processor, processor);
    process.stdout.write(
      `| ${corpus.name} | ${name} | ${((median(processor) / calls) * 1e6).toFixed(1)} | ${share.median.toFixed(2)} | ${share.least.toFixed(2)} … ${share.most.toFixed(2)} |\n`,
    );
  }
  return { corpus: corpus.name, calls, bytes, runs: Object.fromEntries(seen) };
}
