import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { CommandIO } from '../command.ts';
import type { Order, Tasks } from './tasks.ts';

/** Beside the bundle; in the sources, and in what the compiler makes of them, two folders up. */
const ENTRIES = ['thread.js', '../../thread.js', '../../thread.ts'] as const;

/** Whether another thread would have a processor of its own. */
export function hasSecondThread(): boolean {
  return availableParallelism() > 1;
}

/**
 * Has another thread do a task; undefined where it could not, for whatever reason: then whoever asks
 * does it here, which also tells what is wrong. Stops, and throws, with the command's signal.
 */
export async function inThread<K extends keyof Tasks>(
  task: K,
  given: Parameters<Tasks[K]>[0],
  { signal, progress }: Pick<CommandIO, 'signal' | 'progress'>,
): Promise<Awaited<ReturnType<Tasks[K]>> | undefined> {
  signal.throwIfAborted();
  const entry = ENTRIES.map((name) => join(import.meta.dirname, name)).find(existsSync);
  if (entry === undefined) return undefined;
  const worker = new Worker(entry, { resourceLimits: { maxYoungGenerationSizeMb: 12 } });
  try {
    const answer = await new Promise<Awaited<ReturnType<Tasks[K]>>>((resolve, reject) => {
      signal.addEventListener('abort', reject, { once: true });
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('it ended without an answer')));
      worker.postMessage({ task, given } as Order);
    });
    return answer;
  } catch (error) {
    signal.throwIfAborted();
    progress.note(`a second thread stopped, going on in one: ${String(error)}`);
    return undefined;
  } finally {
    await worker.terminate();
  }
}
