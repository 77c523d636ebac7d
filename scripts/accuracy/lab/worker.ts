import { parentPort } from 'node:worker_threads';
import { runTask, type Task } from './task.ts';

/** Does the tasks that it is sent, one at a time. */
parentPort?.on('message', ({ index, task }: { index: number; task: Task }) => {
  parentPort?.postMessage({ index, result: runTask(task) });
});
