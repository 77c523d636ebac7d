import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { FailureKind } from './failure.ts';
import type { Finding, LoopResult } from './fuzz-loop.ts';
import { SharedInput } from './shared-input.ts';

/** A target's turn. */
export interface Slice {
  readonly module: string;
  readonly counters: number;
  readonly words: readonly string[];
  readonly seed: number;
  /** Processor time. */
  readonly processorMs: number;
  /** Unix ms: no later than this. */
  readonly deadline: number;
  /** At most so many inputs. */
  readonly executions: number;
  readonly corpusFolder: string;
  /** Inputs to begin with besides the target's own. */
  readonly inputFolders: readonly string[];
}

export interface Found extends Finding {
  readonly kind: FailureKind;
}

export interface Limits {
  /** Processor time that one input may take, ms. */
  readonly hangMs: number;
  /** What the heap and the buffers of a worker may take, MiB. */
  readonly memoryMiB: number;
}

export interface SliceResult extends LoopResult {
  /** Of the worker, ms. */
  readonly processorMs: number;
}

const POLL_MS = 200;

/**
 * Gives a target its turn in a worker of its own, so that an input that never ends, or fills the memory,
 * ends the worker alone and is known. A signal ends the turn, and what it took is told.
 */
export async function runSlice(
  slice: Slice,
  limits: Limits,
  found: (finding: Found) => void,
  stop?: AbortSignal,
): Promise<SliceResult> {
  const shared = new SharedInput();
  const worker = new Worker(join(import.meta.dirname, 'worker.ts'), {
    workerData: { ...slice, memory: shared.memory },
    // V8 ends the whole process at its limit: a worker must be ended before.
    resourceLimits: { maxOldGenerationSizeMb: 4 * limits.memoryMiB },
  });
  let result: LoopResult | undefined;
  let failure: Error | undefined;
  let isOver = false;
  worker.on('message', (message: { finding?: Finding; result?: LoopResult }) => {
    if (message.finding) found({ ...message.finding, kind: 'failure' });
    result = message.result ?? result;
  });
  worker.on('error', (error) => {
    failure = error;
  });
  worker.on('exit', () => {
    isOver = true;
  });
  const end = async (kind: FailureKind, words: string) => {
    const input = shared.get();
    await worker.terminate();
    found({ kind, signature: kind, input, words });
  };

  let processorMs = 0;
  let last = { executions: 0, at: 0 };
  while (!isOver) {
    await sleep(POLL_MS);
    const used = await usage(worker);
    if (!used || result) continue;
    processorMs = used.processorMs;
    if (stop?.aborted) await worker.terminate();
    const { executions } = shared;
    if (executions === 0 || executions !== last.executions) last = { executions, at: processorMs };
    else if (processorMs - last.at > limits.hangMs) {
      await end('hang', `took more than ${limits.hangMs} ms of processor time`);
    }
    if (used.bytes > limits.memoryMiB * 1024 * 1024) {
      await end('memory', `took more than ${limits.memoryMiB} MiB`);
    }
  }
  if (failure) throw failure;
  return { executions: shared.executions, corpus: 0, features: 0, ...result, processorMs };
}

/** What a worker's thread has taken so far; undefined once it is gone. */
async function usage(worker: Worker): Promise<{ processorMs: number; bytes: number } | undefined> {
  try {
    const { user, system } = await worker.cpuUsage();
    const { total_heap_size, external_memory } = await worker.getHeapStatistics();
    return { processorMs: (user + system) / 1000, bytes: total_heap_size + external_memory };
  } catch {
    return undefined;
  }
}
