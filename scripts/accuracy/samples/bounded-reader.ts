import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Reading } from './our-counts.ts';

/** Processor time that a capture may take, µs, and memory, MiB. */
const MAX_CPU = 60e6;
const MAX_HEAP = 512;
const LOOK_MS = 500;

export type Outcome =
  | { readonly reading: Reading }
  /** What tshark says of a file that it can't read. */
  | { readonly refused: string }
  /** What was thrown, or which bound was met. */
  | { readonly crashed: string };

/** Reads captures in a thread of their own, so that one that crashes or hangs is told, and the next read. */
export class BoundedReader {
  #worker: Worker | undefined;

  async read(file: string): Promise<Outcome> {
    this.#worker ??= new Worker(new URL('worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP },
    });
    const worker = this.#worker;
    const begun = process.cpuUsage();
    const watch = setInterval(() => {
      const { user, system } = process.cpuUsage(begun);
      if (user + system > MAX_CPU) worker.emit('error', new Error('it took over 60 s'));
    }, LOOK_MS);
    try {
      worker.postMessage(file);
      const [outcome] = await once(worker, 'message');
      return outcome;
    } catch (error) {
      await this.close();
      return { crashed: String((error as Error).stack ?? error) };
    } finally {
      clearInterval(watch);
    }
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }
}
