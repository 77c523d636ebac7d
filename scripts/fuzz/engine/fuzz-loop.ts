import { setImmediate } from 'node:timers/promises';
import type { Target } from '../target.ts';
import { Corpus } from './corpus.ts';
import type { Coverage } from './coverage.ts';
import { Broken, signatureOf, wordsOf } from './failure.ts';
import { mutate } from './mutate.ts';
import { Random } from './random.ts';
import { shrink } from './shrink.ts';

/** Inputs are no longer than this, bytes. */
export const MAX_INPUT = 16 * 1024;
const MAX_FINDINGS = 20;

export interface LoopOptions {
  readonly seed: number;
  readonly words: readonly string[];
  /** Undefined keeps nothing on disk. */
  readonly corpusFolder: string | undefined;
  readonly inputs: readonly Uint8Array[];
  /** Whether there is time for another one. */
  readonly goesOn: (executions: number) => boolean;
  /** Told of each input before it runs. */
  readonly before?: (input: Uint8Array) => void;
  readonly found: (finding: Finding) => void;
}

/** An input for which the target doesn't hold, as small as it could be made. */
export interface Finding {
  readonly signature: string;
  readonly input: Uint8Array;
  readonly words: string;
}

export interface LoopResult {
  readonly executions: number;
  readonly corpus: number;
  readonly features: number;
}

/** Runs a target on its seeds, on what is kept, and then on changes of those that showed something new. */
export async function fuzzLoop(
  target: Target,
  coverage: Coverage,
  options: LoopOptions,
): Promise<LoopResult> {
  const random = new Random(options.seed);
  const corpus = new Corpus(options.corpusFolder);
  const signatures = new Set<string>();
  let executions = 0;
  const attempt = async (input: Uint8Array): Promise<unknown> => {
    executions++;
    options.before?.(input);
    try {
      const running = target.run(Buffer.from(input));
      if (running) await running;
      return undefined;
    } catch (error) {
      return error ?? new Broken('threw nothing');
    } finally {
      // What zlib holds is let go of between two turns of the event loop alone, as it is while packets are read.
      await setImmediate();
    }
  };
  const run = async (input: Uint8Array) => {
    coverage.begin();
    const error = await attempt(input);
    const isWorth = coverage.end(input.length);
    if (error === undefined) {
      if (isWorth) corpus.add(input);
      return;
    }
    const signature = signatureOf(error);
    if (signatures.has(signature) || signatures.size >= MAX_FINDINGS) return;
    signatures.add(signature);
    const smaller = await shrink(
      input,
      async (one) => signatureOf(await attempt(one)) === signature,
    );
    options.found({ signature, input: smaller, words: wordsOf(await attempt(smaller)) });
  };

  const seeds = target.seeds().map((seed) => Buffer.from(seed as string));
  for (const input of [...seeds, ...options.inputs]) {
    if (!options.goesOn(executions)) break;
    await run(input.subarray(0, MAX_INPUT));
  }
  if (corpus.size === 0) corpus.add(new Uint8Array());
  const material = {
    words: [...options.words, ...(target.words ?? [])].map((word) => Buffer.from(word)),
    other: () => corpus.pick(random),
  };
  while (options.goesOn(executions)) {
    await run(mutate(corpus.pick(random), MAX_INPUT, random, material));
  }
  return { executions, corpus: corpus.size, features: coverage.features };
}
