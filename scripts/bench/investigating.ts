import { spawnSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { formatRecord } from '../../src/sources/record-format.ts';
import { TRAFFIC_START, treeTraffic } from './tree-traffic.ts';

/**
 * How long an investigation of a capture takes, and its memory, from the start of the process to its
 * end: synthetic traffic (`treeTraffic`) in which one of 200 workloads gets 200 ms slower in the middle.
 * Documented in docs/accuracy.md.
 *
 *   node scripts/bench/investigating.ts [CALLS]
 */
const CALLS = Number(process.argv[2] ?? 200_000);
const dir = await mkdtemp(join(tmpdir(), 'wireproof-bench-'));
try {
  const capture = join(dir, 'calls.ndjson');
  const fault = { workload: 7, at: TRAFFIC_START + CALLS / 4, by: 200 };
  const lines = Readable.from(lined(treeTraffic(CALLS, fault)));
  await pipeline(lines, createWriteStream(capture));
  const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
  const args = [cli, 'investigate', capture, '--json'];
  const start = performance.now();
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NODE_OPTIONS: `--import=${new URL('peak.ts', import.meta.url).href}` },
  });
  const seconds = (performance.now() - start) / 1000;
  const peak = /peak RSS (\d+) MiB, processor (\S+) s/.exec(stderr) ?? [];
  const { hypothesis } = JSON.parse(stdout) as { hypothesis: string };
  process.stdout.write(
    `${CALLS} calls: ${seconds.toFixed(1)} s (processor ${peak[2]} s), peak RSS ${peak[1]} MiB, exit ${status}\n${hypothesis}\n`,
  );
} finally {
  await rm(dir, { recursive: true, force: true });
}

function* lined(calls: Iterable<Parameters<typeof formatRecord>[0]>): Generator<string> {
  let chunk = '';
  for (const call of calls) {
    chunk += formatRecord(call);
    if (chunk.length < 1_000_000) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
