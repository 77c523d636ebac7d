import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runAction } from '../../src/github/run-action.ts';

/** How a run of the Action ended, and what it wrote. */
export interface Ran {
  readonly code: number;
  readonly log: string;
  readonly summary: string;
  readonly outputs: Record<string, string>;
}

/** Runs the Action with inputs, in a folder. */
export function act(folder: string, inputs: Record<string, string>, env = {}): Promise<Ran> {
  return run(folder, {
    GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
    GITHUB_OUTPUT: join(folder, 'output'),
    ...Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    ),
    ...env,
  });
}

/** Runs the Action in an environment. */
export async function run(folder: string, env: Record<string, string>): Promise<Ran> {
  let log = '';
  const write = (text: string) => {
    log += text;
  };
  const code = await runAction({ env, signal: new AbortController().signal, log: { write } });
  const read = (name: string) => readFile(join(folder, name), 'utf8').catch(() => '');
  const outputs = Object.fromEntries(
    [...(await read('output')).matchAll(/^(\w+)<<(ghadelimiter_\S+)\n(.*)\n\2$/gm)].map(
      ([, name, , value]) => [name, value],
    ),
  );
  return { code, log, summary: await read('summary.md'), outputs };
}
