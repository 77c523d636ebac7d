import { spawn } from 'node:child_process';
import { CaptureError } from '../support/errors.ts';
import type { CommandIO } from './command.ts';
import { scenarioEnv } from './scenario-env.ts';

/** Grace between SIGTERM and SIGKILL for a scenario that is told to stop, ms. */
const GRACE_MS = 5_000;

/**
 * Runs the test scenario in the user's shell; its output goes to stderr, so that stdout holds results
 * alone, and it gets none of Wireproof's tokens, but `more` variables. Throws CaptureError when it can't start, fails or is stopped.
 */
export async function runScenario(
  command: string,
  io: CommandIO,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  io.progress.note(`scenario: ${command}`);
  const child = spawn(command, {
    shell: true,
    stdio: ['ignore', process.stderr, process.stderr],
    env: { ...scenarioEnv(io.env), ...more },
    detached: true,
  });
  const stop = () => {
    signalGroup(child.pid, 'SIGTERM');
    setTimeout(() => signalGroup(child.pid, 'SIGKILL'), GRACE_MS).unref();
  };
  io.signal.addEventListener('abort', stop, { once: true });
  try {
    const ended = await new Promise<string | undefined>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        resolve(code === 0 ? undefined : (signal ?? `exit code ${code}`));
      });
    });
    if (io.signal.aborted) throw new CaptureError('stopped while the scenario ran');
    if (ended !== undefined) {
      throw new CaptureError(`the scenario failed with ${ended}: ${command}`, {
        hint: 'the calls it made are not judged: make it succeed on its own first',
      });
    }
  } finally {
    io.signal.removeEventListener('abort', stop);
  }
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended already.
  }
}
