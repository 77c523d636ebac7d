import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const cli = resolve('dist/cli.js');

/** How a command line ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts a command line in a folder, as a shell does; `before` stands in front of it. */
export function started(
  folder: string,
  rest: string,
  env: Readonly<Record<string, string>> = {},
  before = 'exec',
): Started {
  const child = spawn('sh', ['-c', `${before} '${process.execPath}' '${cli}' ${rest}`], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...env },
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.out += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk;
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...said }));
  return { child, ended };
}

export const ran = (...args: Parameters<typeof started>): Promise<Ended> => started(...args).ended;

/** Processes whose command line holds a word. */
export async function pidsOf(word: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return pids.filter((_, i) => lines[i]?.includes(word)).map(Number);
}

export const running = async (word: string) => (await pidsOf(word)).length;

/** Waits until something holds, as long as the test may take. */
export async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await sleep(50);
}
