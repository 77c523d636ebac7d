import { type SpawnOptions, spawn } from 'node:child_process';

/** Grace between SIGTERM and SIGKILL for a child that is told to stop, ms. */
const GRACE_MS = 5_000;

/** How a child ended: its exit code, or the signal that ended it. */
export interface ChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * Runs a child and all that it starts, a group of their own, which the signal ends: first asked, then
 * made to. Rejects where it can't start.
 */
export async function runSupervised(
  command: string,
  args: readonly string[],
  options: SpawnOptions,
  signal: AbortSignal,
): Promise<ChildEnd> {
  const child = spawn(command, [...args], { ...options, detached: true });
  const stop = () => {
    signalGroup(child.pid, 'SIGTERM');
    setTimeout(() => signalGroup(child.pid, 'SIGKILL'), GRACE_MS).unref();
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<ChildEnd>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, endedBy) => resolve({ code, signal: endedBy }));
    });
  } finally {
    signal.removeEventListener('abort', stop);
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
