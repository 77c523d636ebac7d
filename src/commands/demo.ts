import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { CaptureError, ExitCode } from '../support/errors.ts';
import type { CommandIO, Outcome } from './command.ts';
import type { Inputs } from './options.ts';

/** Candidates for the package's root: from dist/, from src/commands/. */
const ROOTS = ['..', '../..', '../../..'];

/** Starts the demo of a checkout: a shop of real processes, two releases, three verdicts. */
export async function run(inputs: Inputs, io: CommandIO): Promise<Outcome> {
  const script = await findDemo();
  const args = inputs.reportDir === undefined ? [] : ['--keep', inputs.reportDir];
  const child = spawn(process.execPath, [script, ...args], {
    stdio: 'inherit',
    signal: io.signal,
    killSignal: 'SIGTERM',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code === 0) return { exitCode: ExitCode.pass };
  throw new CaptureError(`the demo ended with exit code ${code}`);
}

async function findDemo(): Promise<string> {
  for (const root of ROOTS) {
    const path = fileURLToPath(new URL(`${root}/demo/main.ts`, import.meta.url));
    try {
      await access(path);
      return path;
    } catch {
      // Not there: try the next.
    }
  }
  throw new CaptureError('the demo is not part of the installed package', {
    hint: 'clone the repository, then: npm ci && npm run demo',
  });
}
