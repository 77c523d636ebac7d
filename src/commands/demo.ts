import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CaptureError, ExitCode } from '../support/errors.ts';
import type { CommandIO, Outcome } from './command.ts';
import type { Inputs } from './options.ts';

const MAIN = join('demo', 'main.ts');

/**
 * Tells the whole story on this machine. It starts real processes and a database, so it comes with
 * the repository and not with the package. Throws CaptureError where it is not at hand or fails.
 */
export async function run(inputs: Inputs, io: CommandIO): Promise<Outcome> {
  const root = repository(import.meta.dirname);
  if (root === undefined) {
    throw new CaptureError('the demo is not part of this package', {
      hint: 'clone the repository, then: npm ci && npm run demo',
    });
  }
  const options = inputs.reportDir === undefined ? [] : ['--keep', inputs.reportDir];
  const child = spawn(process.execPath, [join(root, MAIN), ...options], {
    stdio: 'inherit',
    env: { ...io.env },
    signal: io.signal,
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new CaptureError(`the demo failed with ${code}`);
  return { exitCode: ExitCode.pass };
}

function repository(folder: string): string | undefined {
  if (existsSync(join(folder, MAIN))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : repository(parent);
}
