import { parentPort } from 'node:worker_threads';
import { doTask } from './commands/thread/tasks.ts';

// A worker thread's whole life: it is told what to do, and answers.
parentPort?.once('message', async (order: Parameters<typeof doTask>[0]) => {
  parentPort?.postMessage(await doTask(order));
});
