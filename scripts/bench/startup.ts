import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { median } from './paired.ts';

/**
 * What starting costs beyond bare Node, in wall clock and processor time: real processes in turn,
 * ABAB. `--version` and `--help` to their end; the Action until its first request reaches a Hub.
 *
 *   node scripts/bench/startup.ts [ROUNDS] [DIST]
 */
const ROUNDS = Number(process.argv[2] ?? 20);
const DIST = resolve(process.argv[3] ?? 'dist');

interface Cost {
  readonly wall: number;
  readonly processor: number;
}

const folder = await mkdtemp(join(tmpdir(), 'wireproof-bench-'));
/** Told when a request arrives. */
let arrived = (): void => {};
const hub = createServer((_, response) => {
  arrived();
  response.writeHead(503).end();
}).listen(0, '127.0.0.1');
await once(hub, 'listening');
const url = `http://127.0.0.1:${(hub.address() as AddressInfo).port}/mcp`;

/** Loaded first: tells the processor time so far at the end, or when it is asked to. */
const METER = `data:text/javascript,${encodeURIComponent(`
  const tell = () => {
    const { user, system } = process.cpuUsage();
    process.stderr.write('\\nprocessor ' + (user + system) + '\\n');
  };
  process.on('exit', tell);
  process.on('SIGUSR2', () => process.exit());
`)}`;

const node = (...args: string[]) => costOf(args, {});
const runs: Readonly<Record<string, () => Promise<Cost>>> = {
  'bare Node': () => node('-e', '0'),
  '--version': () => node(join(DIST, 'cli.js'), '--version'),
  '--help': () => node(join(DIST, 'cli.js'), '--help'),
  'the Action, to its first request': () =>
    costOf([join(DIST, 'action.js')], {
      INPUT_MODE: 'baseline',
      INPUT_BASELINE: join(folder, 'baseline.json'),
      'INPUT_KUBESHARK-URL': url,
      INPUT_START: '1750000000000',
      INPUT_END: '1750000060000',
    }),
};

const seen = new Map<string, Cost[]>(Object.keys(runs).map((name) => [name, []]));
try {
  for (let round = -1; round < ROUNDS; round++) {
    for (const [name, run] of Object.entries(runs)) {
      const cost = await run();
      if (round >= 0) seen.get(name)?.push(cost);
    }
  }
  const bare = seen.get('bare Node') ?? [];
  for (const [name, costs] of seen) {
    const parts = (['wall', 'processor'] as const).map((kind) => {
      const over = costs.map((cost, i) => cost[kind] - (bare[i] as Cost)[kind]);
      const [low, high] = [Math.min(...over), Math.max(...over)].map((ms) => ms.toFixed(0));
      const all = median(costs.map((cost) => cost[kind])).toFixed(0);
      return `${kind} ${all} ms, ${median(over).toFixed(0)} beyond bare Node (${low} to ${high})`;
    });
    process.stdout.write(`${name}: ${parts.join('; ')}\n`);
  }
} finally {
  hub.close();
  await rm(folder, { recursive: true, force: true });
}

/** To the process's end, or to its first request, after which it is ended; ms. */
async function costOf(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Cost> {
  const start = performance.now();
  const child = spawn(process.execPath, ['--import', METER, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, GITHUB_WORKSPACE: folder, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let told = '';
  child.stderr.on('data', (text) => {
    told += String(text);
  });
  let end: number | undefined;
  arrived = () => {
    end ??= performance.now();
    child.kill('SIGUSR2');
  };
  await once(child, 'close');
  const wall = (end ?? performance.now()) - start;
  const [, processor] = /processor (\d+)/.exec(told) ?? [];
  if (processor === undefined) throw new Error(`${args.join(' ')} ended untold: ${told}`);
  return { wall, processor: Number(processor) / 1000 };
}
