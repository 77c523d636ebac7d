import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { Target } from '../target.ts';
import { inputsIn } from './corpus.ts';
import { Coverage } from './coverage.ts';
import { fuzzLoop } from './fuzz-loop.ts';
import { SharedInput } from './shared-input.ts';
import type { Slice } from './slice.ts';

/** Fuzzes one target for one slice of time; findings are told one by one, the result at the end. */
const slice = workerData as Slice & { readonly memory: SharedArrayBuffer };
const shared = new SharedInput(slice.memory);
// Before the target, whose code asks for the counters when it is loaded.
const coverage = new Coverage(slice.counters);
const { target } = (await import(pathToFileURL(slice.module).href)) as { target: Target };
const isOver = () => performance.timeOrigin + performance.now() >= slice.deadline;
const result = await fuzzLoop(target, coverage, {
  seed: slice.seed,
  words: slice.words,
  corpusFolder: slice.corpusFolder,
  inputs: slice.inputFolders.flatMap(inputsIn),
  goesOn: (executions) =>
    executions < slice.executions && processorMs() < slice.processorMs && !isOver(),
  before: (input) => shared.set(input),
  found: (finding) => parentPort?.postMessage({ finding }),
});
parentPort?.postMessage({ result });

/** Of this thread: on a busy machine a turn would be over before it began. */
function processorMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
