import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { profileFile } from '../../src/commands/profile-file.ts';
import { FILE_FORMATS } from '../../src/sources/file-formats.ts';
import { silent } from '../../src/support/progress.ts';
import { CORPORA, writeCorpus } from './corpus.ts';
import { median, paired, ratio } from './paired.ts';

/**
 * A capture profiled by two threads beside one: in turn, by the clock, since both use the processors
 * at once.
 *
 *   node --expose-gc scripts/bench/threads.ts [--calls N] [--rounds N] [--corpus NAME…]
 */
const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '200000' },
    rounds: { type: 'string', default: '5' },
    corpus: { type: 'string', multiple: true, default: CORPORA.map(({ name }) => name) },
  },
});
const folder = join(tmpdir(), `wireproof-threads-${process.pid}`);
const io = {
  out: () => {},
  progress: silent,
  signal: new AbortController().signal,
  env: process.env,
};
const ndjson = FILE_FORMATS.at(-1);
if (!ndjson) throw new Error('no format');
await mkdir(folder, { recursive: true });
try {
  process.stdout.write(
    '| corpus | one thread, s | two threads, s | times as fast | least … most |\n',
  );
  process.stdout.write('| --- | --- | --- | --- | --- |\n');
  for (const corpus of CORPORA.filter(({ name }) => values.corpus.includes(name))) {
    const path = join(folder, `${corpus.name}.ndjson`);
    await writeCorpus(corpus, Number(values.calls), path);
    const seen = await paired(
      {
        one: () => profileFile(path, ndjson, io, {}, Number.POSITIVE_INFINITY),
        two: () => profileFile(path, ndjson, io, {}, 0),
      },
      Number(values.rounds),
    );
    const [one, two] = [seen.get('one')?.wall ?? [], seen.get('two')?.wall ?? []];
    const times = ratio(one, two);
    process.stdout.write(
      `| ${corpus.name} | ${median(one).toFixed(1)} | ${median(two).toFixed(1)} | ${times.median.toFixed(2)} | ${times.least.toFixed(2)} … ${times.most.toFixed(2)} |\n`,
    );
    await rm(path);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
