import type { Call } from '../calls/call.ts';
import type { Block } from './block.ts';
import { type Candidates, candidatesOf } from './candidates.ts';
import { runChain } from './chain.ts';
import { exactCauses } from './exact.ts';
import { lessonOf } from './lesson.ts';
import { sharedValues } from './shared-values.ts';

/**
 * Chains are run while they cost no more than linking so many calls once: where calls are few, so is
 * what can be learned from them, and what several chains agree on is surer.
 */
const WORK = 48_000;
const MOST_CHAINS = 8;
/** Where fewer of the calls than this share leave any doubt, more chains would only agree. */
const DOUBTFUL = 0.005;
const SURE = 0.98;

/** Probabilities of the causes of a block's calls. */
export interface Causes {
  readonly block: Block;
  readonly candidates: Candidates;
  /** One number a candidate, then one for none, call after call: sample shares, summed over the chains. */
  readonly tally: Float64Array;
}

/**
 * Infers what caused each call of a block, learning from these calls alone; see `runChain`. One chain
 * is quick, several agree on more.
 */
export function inferCauses(
  calls: readonly Call[],
  block: Block,
  mostChains = MOST_CHAINS,
): Causes {
  const candidates = candidatesOf(block, exactCauses(calls, block));
  const { offset, parents } = candidates;
  const tally = new Float64Array(parents.length + block.size);
  const children: number[] = [];
  for (let c = 0; c < block.size; c++) if (offset[c] !== offset[c + 1]) children.push(c);
  if (children.length === 0) return { block, candidates, tally };
  const handled = handledCalls(block);
  const lesson = lessonOf(block, candidates, children, handled);
  const values = sharedValues(calls, block, candidates);
  const chains = Math.max(1, Math.min(mostChains, Math.floor(WORK / children.length)));
  const start = { block, candidates, values, children, handled, lesson };
  for (let chain = 0; chain < chains; chain++) {
    const doubtful = addShares(runChain(start, children.length + chain), children, offset, tally);
    if (doubtful < DOUBTFUL * children.length) break;
  }
  return { block, candidates, tally };
}

/** Each chain has one vote a call, however often it looked at it. Returns how many calls it is in doubt of. */
function addShares(
  samples: Float64Array,
  children: readonly number[],
  offset: Int32Array,
  tally: Float64Array,
): number {
  let doubtful = 0;
  for (const child of children) {
    const from = (offset[child] as number) + child;
    const to = (offset[child + 1] as number) + child;
    let all = 0;
    let most = 0;
    for (let i = from; i <= to; i++) {
      all += samples[i] as number;
      most = Math.max(most, samples[i] as number);
    }
    if (most < SURE * all) doubtful++;
    for (let i = from; i <= to; i++) tally[i] = (tally[i] as number) + (samples[i] as number) / all;
  }
  return doubtful;
}

/** Every call handled by a workload that makes calls, in order. */
function handledCalls(block: Block): number[] {
  const all = new Set<number>();
  for (const list of new Set(block.causes)) {
    if (list >= 0) for (const p of block.handled[list] as Int32Array) all.add(p);
  }
  return [...all].sort((a, b) => a - b);
}
