import { Worker } from 'node:worker_threads';
import type { Result, Task } from './task.ts';

/**
 * Does tasks in worker threads. The results come in the order of the tasks, whichever thread did
 * which; progress goes to standard error.
 */
export async function runAll<T extends Task>(
  name: string,
  tasks: readonly T[],
  threads: number,
): Promise<Result<T>[]> {
  const results = new Array<Result<T>>(tasks.length);
  let next = 0;
  let done = 0;
  const began = Date.now();
  const serve = (worker: Worker) =>
    new Promise<void>((resolve, reject) => {
      const give = () => {
        if (next >= tasks.length) {
          resolve();
          return;
        }
        const index = next++;
        worker.postMessage({ index, task: tasks[index] });
      };
      worker.on('message', ({ index, result }: { index: number; result: Result<T> }) => {
        results[index] = result;
        done++;
        const step = Math.max(1, Math.round(tasks.length / 20));
        if (done % step === 0 || done === tasks.length) {
          const seconds = Math.round((Date.now() - began) / 1000);
          process.stderr.write(`${name}: ${done} of ${tasks.length}, ${seconds} s\n`);
        }
        give();
      });
      worker.on('error', reject);
      give();
    });
  const workers = Array.from(
    { length: Math.min(threads, tasks.length) },
    () => new Worker(new URL('./worker.ts', import.meta.url)),
  );
  try {
    await Promise.all(workers.map(serve));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return results;
}
