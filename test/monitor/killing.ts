import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { zstdDecompressSync } from 'node:zlib';
import type { Alert } from '../../src/monitor/alert.ts';
import type { HubState } from '../hub/hub-options.ts';
import { seeded } from '../hub/random.ts';
import { standIn } from './accelerated.ts';
import { type Message, receiver } from './receiver.ts';
import type { World } from './world/world.ts';

export interface Killing {
  readonly world: World;
  /** Of the slots to judge, Unix ms. */
  readonly begin: number;
  readonly end: number;
  readonly seed: number;
  /** Kills at most; 0: it runs to its end. */
  readonly kills: number;
  /** Questions to the Hub and messages to the receiver that a start may live for, at most. */
  readonly lives: number;
  /** How the Hub answers the n-th question. */
  readonly state?: (question: number) => HubState;
}

export interface Survived {
  readonly kills: number;
  /** Questions to the Hub and messages to the receiver, of all starts. */
  readonly lived: number;
  readonly messages: readonly Message[];
  /** Lines of stdout of all starts that are whole. */
  readonly printed: readonly Alert[];
  /** By file of the state directory. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Runs the monitor as a process of its own over the slots, kills it at random points of its work, and
 * starts it again until it is through. What it says to the Hub and to the receiver is counted, so that
 * the points lie in its work and not in its start.
 */
export async function runKilled(killing: Killing): Promise<Survived> {
  const random = seeded(killing.seed);
  const { begin, end, world } = killing;
  let questions = 0;
  let all = 0;
  let left = Number.POSITIVE_INFINITY;
  let child: ChildProcess | undefined;
  const lived = () => {
    all++;
    if (--left !== 0) return;
    const victim = child;
    // The answer is on its way: somewhere in what comes of it.
    void sleep(random() * 6).then(() => victim?.kill('SIGKILL'));
  };
  const state = () => {
    lived();
    return killing.state?.(questions++) ?? 'up';
  };
  const now = () => end + 600_000;
  const retention = { begin, retention: end - begin + 3_600_000 };
  const serving = await standIn(world, now, retention, { state });
  const heard = await receiver(lived);
  const stateDir = await mkdtemp(join(tmpdir(), 'killed-'));
  const printed: Alert[] = [];
  let kills = 0;
  try {
    for (;;) {
      left = Number.POSITIVE_INFINITY;
      if (kills < killing.kills) left = 1 + Math.floor(random() * killing.lives);
      const args = [
        ...['dist/cli.js', 'monitor', '--once', '--json', '--state', stateDir],
        ...['--start', String(begin), '--end', String(end), '--notify-from', 'info'],
        ...['--snapshot-on', 'never', '--kubeshark-url', serving.url, '--webhook', heard.url],
      ];
      child = spawn(process.execPath, args, {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
      });
      const { code, out, log } = await endOf(child);
      printed.push(...wholeLines(out));
      if (code === null) kills++;
      // A Hub that fails ends the run with 3: it is started again, as a schedule does.
      else if (code === 0 || code === 1) break;
      else if (code !== 3 || killing.state === undefined) throw new Error(`exit ${code}: ${log}`);
      if (code === null) await readable(stateDir);
    }
    const { messages } = heard;
    return { kills, lived: all, messages, printed, files: await filesIn(stateDir) };
  } finally {
    child?.kill('SIGKILL');
    await heard.close();
    await serving.close();
    await rm(stateDir, { recursive: true });
  }
}

async function endOf(child: ChildProcess) {
  let [out, log] = ['', ''];
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    log += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, log };
}

function wholeLines(out: string): Alert[] {
  const lines = out.split('\n');
  return lines.slice(0, -1).map((line) => JSON.parse(line) as Alert);
}

/** What lies in the state directory can be read, whatever was under way. */
async function readable(stateDir: string): Promise<void> {
  for (const [path, text] of await filesIn(stateDir)) {
    if (path.endsWith('.unreadable')) throw new Error(`${path} was set aside`);
    if (path.endsWith('state.json.zst')) stateIn(text);
  }
}

async function filesIn(folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const file of found) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath, file.name);
    files.set(path.slice(folder.length + 1), (await readFile(path)).toString('base64'));
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What a state file holds, from its bytes in base64. */
export function stateIn(text: string): { readonly [key: string]: unknown } {
  return JSON.parse(zstdDecompressSync(Buffer.from(text, 'base64')).toString());
}
