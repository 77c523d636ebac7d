import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { generateNdjson } from '../../test/support/records.ts';

/**
 * What it costs to profile a capture in shards: processor time and memory of each process, since the
 * time on the clock depends on what else the machine does. Documented in docs/scale.md.
 *
 *   node scripts/bench/shards.ts [CALLS [HOURS]]
 */
const CALLS = Number(process.argv[2] ?? 100_000);
const HOURS = Number(process.argv[3] ?? 4);
const COUNTS = [4, 16];
/** So many shards of each cut are measured, spread over it. */
const MEASURED = 3;
/** Calls that one request of the shop makes, about. */
const CALLS_A_REQUEST = 3.8;
const START = 1_750_000_000_000;

const root = join(import.meta.dirname, '../..');

interface Cost {
  /** Processor time, s. */
  readonly seconds: number;
  /** Peak RSS, MiB. */
  readonly memory: number;
}

/** Runs the command line in a process of its own. */
async function cost(args: readonly string[]): Promise<Cost> {
  const peak = join(import.meta.dirname, 'peak.ts');
  const argv = ['--import', peak, join(root, 'src/cli.ts'), ...args];
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  for await (const chunk of child.stderr) log += chunk;
  const [, memory, seconds] = /peak RSS (\d+) MiB, processor ([\d.]+) s/.exec(log) ?? [];
  if (memory === undefined || /^error/m.test(log)) throw new Error(log);
  return { seconds: Number(seconds), memory: Number(memory) };
}

/** An hour's calls at a time, as many each. */
async function write(path: string): Promise<void> {
  const file = createWriteStream(path);
  const requests = Math.round(CALLS / CALLS_A_REQUEST / HOURS);
  for (let hour = 0; hour < HOURS; hour++) {
    const start = START + hour * 3_600_000;
    const options = { requests, every: 3_590_000 / requests, start, seed: hour + 1 };
    if (!file.write(generateNdjson(options))) await once(file, 'drain');
  }
  file.end();
  await finished(file);
}

function row(cells: readonly (string | number)[]): void {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}

const folder = await mkdtemp(join(tmpdir(), 'wireproof-bench-'));
try {
  const calls = join(folder, 'calls.ndjson');
  await write(calls);
  const megabytes = Math.round((await stat(calls)).size / 1e6);
  const one = join(folder, 'one.ndjson');
  await writeFile(one, generateNdjson({ requests: 1 }));
  const start = await cost(['profile', one, '-o', join(folder, 'one.json')]);
  const whole = await cost(['profile', calls, '-o', join(folder, 'whole.json')]);
  process.stdout.write(
    `about ${CALLS} calls in ${HOURS} h, ${megabytes} MB; start-up ${start.seconds} s; the whole ${whole.seconds} s, ${whole.memory} MiB\n\n`,
  );
  row(['shards', 'processor, s a shard', 'without start-up, of the whole', 'peak RSS, MiB']);
  row(['---', '---', '---', '---']);
  for (const count of COUNTS) {
    const into = join(folder, `of-${count}`);
    const shards: Cost[] = [];
    // Not the first and the last alone, which have one neighbour.
    const step = Math.ceil(count / MEASURED);
    for (let i = 0; i < count; i += step) {
      shards.push(await cost(['profile', calls, '--shard', `${i}/${count}`, '--into', into]));
    }
    const mean = shards.reduce((sum, { seconds }) => sum + seconds, 0) / shards.length;
    row([
      count,
      mean.toFixed(1),
      ((mean - start.seconds) / (whole.seconds - start.seconds)).toFixed(2),
      Math.max(...shards.map(({ memory }) => memory)),
    ]);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
