import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Investigation } from '../../../src/incident/investigation.ts';

const cli = fileURLToPath(new URL('../../../src/cli.ts', import.meta.url));

export interface InvestigateOptions {
  readonly knownGood?: string | undefined;
  readonly symptom?: string | undefined;
}

/** What `investigate --json` says about a capture. */
export async function investigate(
  capture: string,
  { knownGood, symptom }: InvestigateOptions = {},
): Promise<Investigation> {
  const options = [
    ...(knownGood === undefined ? [] : ['--known-good', knownGood]),
    ...(symptom === undefined ? [] : ['--symptom', symptom]),
  ];
  const child = spawn(process.execPath, [cli, 'investigate', capture, '--json', ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  const text = Buffer.concat(chunks).toString();
  if (text === '') throw new Error(`investigate ${capture} ended with ${code}`);
  return JSON.parse(text);
}

/** Cuts a capture in two at `moment` (Unix ms): what began before, and the rest. */
export async function split(capture: string, moment: number): Promise<[string, string]> {
  const files = [`${capture}.before`, `${capture}.after`] as const;
  const streams = files.map((file) => createWriteStream(file));
  for await (const line of createInterface({ input: createReadStream(capture) })) {
    const { ts } = JSON.parse(line) as { ts: number };
    streams[ts < moment ? 0 : 1]?.write(`${line}\n`);
  }
  await Promise.all(streams.map((stream) => once(stream.end(), 'finish')));
  return [...files];
}

/** The ids of all calls of a capture. */
export async function callIds(capture: string): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for await (const line of createInterface({ input: createReadStream(capture) })) {
    ids.add((JSON.parse(line) as { id: string }).id);
  }
  return ids;
}
