import { CaptureError } from '../support/errors.ts';
import type { CommandIO } from './command.ts';
import { scenarioEnv } from './scenario-env.ts';
import { runSupervised } from './supervised.ts';

/**
 * Runs the test scenario in the user's shell; its output goes to stderr, so that stdout holds results
 * alone, and it gets none of Wireproof's tokens, but `more` variables. Throws CaptureError when it
 * can't start, fails or is stopped.
 */
export async function runScenario(
  command: string,
  io: CommandIO,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  io.progress.note(`scenario: ${command}`);
  const { code, signal } = await runSupervised(
    command,
    [],
    {
      shell: true,
      stdio: ['ignore', process.stderr, process.stderr],
      env: { ...scenarioEnv(io.env), ...more },
    },
    io.signal,
  );
  if (io.signal.aborted) throw new CaptureError('stopped while the scenario ran');
  if (code !== 0) {
    throw new CaptureError(
      `the scenario failed with ${signal ?? `exit code ${code}`}: ${command}`,
      { hint: 'the calls it made are not judged: make it succeed on its own first' },
    );
  }
}
