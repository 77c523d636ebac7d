import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Judgement } from '../../src/verdict/judgement.ts';
import { childEnvironment } from '../cluster/caches.ts';
import type { ShopRun } from '../shop.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface StoryIO {
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
}

/** Stores the baseline of a recording, read through the MCP client over stdio. */
export async function baseline(run: ShopRun, profile: string, io: StoryIO): Promise<void> {
  const args = ['baseline', ...captureOptions(run), '-o', profile];
  const { code, stdout } = await wireproof(args, io);
  if (code !== 0) throw new Error(`baseline ended with exit code ${code}: ${stdout}`);
}

/** Compares a recording with the baseline: the exit code and what `--json` said. */
export async function verify(
  run: ShopRun,
  profile: string,
  report: string,
  io: StoryIO,
): Promise<{ code: number | null; judgement: Judgement }> {
  const judged = ['--baseline', profile, '--json', '--report-dir', report];
  const args = ['verify', ...captureOptions(run), ...judged];
  const { code, stdout } = await wireproof(args, io);
  if (code !== 0 && code !== 1 && code !== 4) {
    throw new Error(`verify ended with exit code ${code}: ${stdout}`);
  }
  return { code, judgement: JSON.parse(stdout) };
}

/** The Hub stand-in serves the recording over stdio, as `kubeshark mcp` serves a cluster. */
function captureOptions({ calls, recorded: { start, end } }: ShopRun): string[] {
  const command = `'${process.execPath}' test/hub/stdio.ts --capture '${calls}'`;
  return ['--kubeshark-command', command, '--start', String(start), '--end', String(end)];
}

async function wireproof(args: readonly string[], { say, signal }: StoryIO): Promise<Ended> {
  say(`$ wireproof ${args.map((arg) => shown(arg)).join(' ')}`);
  const child = spawn(process.execPath, ['src/cli.ts', ...args], {
    cwd: root,
    env: childEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
    signal,
    killSignal: 'SIGTERM',
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout: Buffer.concat(chunks).toString() };
}

function shown(arg: string): string {
  const short = arg.replaceAll(process.execPath, 'node').replaceAll("'", '');
  const local = short.startsWith('/') ? relative(process.cwd(), short) : short;
  return local.includes(' ') ? `'${local}'` : local;
}
