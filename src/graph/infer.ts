import type { Call } from '../calls/call.ts';
import type { Target } from '../calls/target.ts';
import { Assignment, NO_PARENT } from './assignment.ts';
import { type Block, blockOf } from './block.ts';
import { type Candidates, CLOCK_SLACK, candidatesOf } from './candidates.ts';
import { exactCauses } from './exact.ts';
import { Model } from './model.ts';
import { PairOdds } from './pair-odds.ts';
import { randomFrom } from './random.ts';
import { Sampler } from './sampler.ts';
import { sharedValues } from './shared-values.ts';

const ROUNDS = 8;
/** A block with more calls than this teaches enough in fewer rounds. */
const MANY_CALLS = 20_000;
const ROUNDS_OF_MANY = 4;
const CYCLES_OF_MANY = 1;
/** How freely unlikely changes pass, sweep by sweep, before each round of learning. */
const HEATS = [3, 2.2, 1.6, 1.2, 1, 1];
const CYCLES = 3;
/** The same for the samples that count: those at 1. */
const FINAL_HEATS = [3, 2, 1.4, 1, 1, 1, 1, 1, 1];

/** Probabilities of the causes of a block's calls. */
export interface Causes {
  readonly block: Block;
  readonly candidates: Candidates;
  /** One number a candidate, then one for none, call after call: sample shares, unnormalised. */
  readonly tally: Float64Array;
}

/**
 * Infers what caused each call, learning from these calls alone: rounds of sampling joint assignments
 * and of learning from them (stochastic EM), then samples that count.
 */
export function inferCauses(calls: readonly Call[], targets: readonly Target[]): Causes {
  const block = blockOf(calls, targets);
  const candidates = candidatesOf(block, exactCauses(calls, block));
  const { offset, parents } = candidates;
  const tally = new Float64Array(parents.length + block.size);
  const children: number[] = [];
  for (let c = 0; c < block.size; c++) if (offset[c] !== offset[c + 1]) children.push(c);
  if (children.length === 0) return { block, candidates, tally };
  const assignment = new Assignment(block, candidates);
  const handled = handledCalls(block);
  const duration = (block.start[block.size - 1] as number) - (block.start[0] as number) + 1;
  const model = new Model(block, countByOperation(block, children), duration);
  assignment.rescore(model, handled);
  const values = sharedValues(calls, block, candidates);
  const odds = new PairOdds(block, candidates, assignment, values);
  const random = randomFrom(children.length);
  const sampler = new Sampler(block, candidates, assignment, model, odds, random);
  for (const child of children) sampler.redraw(child, undefined, true);
  const clear = clearCases(block, candidates);
  const many = children.length > MANY_CALLS;
  const rounds = many ? ROUNDS_OF_MANY : ROUNDS;
  for (let round = 0; round <= rounds; round++) {
    const orphans = children.filter((child) => assignment.parent[child] === NO_PARENT);
    model.learn(handled, (parent) => assignment.kids(parent), {
      isClear: (parent) => round > 0 || clear[parent] === 1,
      orphans: round < rounds / 2 ? undefined : countByOperation(block, orphans),
    });
    assignment.rescore(model, handled);
    if (round > 0) odds.learn(handled, model);
    if (round === rounds) break;
    for (const heat of HEATS) sampler.sweep(children, heat, undefined);
  }
  const cycles = many ? CYCLES_OF_MANY : CYCLES;
  for (let cycle = 0; cycle < cycles; cycle++) {
    for (const heat of FINAL_HEATS) sampler.sweep(children, heat, heat === 1 ? tally : undefined);
  }
  sampler.complete(children, tally);
  return { block, candidates, tally };
}

function countByOperation(block: Block, calls: readonly number[]): Float64Array {
  const counts = new Float64Array(block.operations);
  for (const call of calls) {
    const op = block.operation[call] as number;
    counts[op] = (counts[op] as number) + 1;
  }
  return counts;
}

/** Every call handled by a workload that makes calls, in order. */
function handledCalls(block: Block): number[] {
  const all = new Set<number>();
  for (const list of new Set(block.causes)) {
    if (list >= 0) for (const p of block.handled[list] as Int32Array) all.add(p);
  }
  return [...all].sort((a, b) => a - b);
}

/** 1 for handled calls whose children no other call open at the time could have caused. */
function clearCases(block: Block, { offset, parents }: Candidates): Uint8Array {
  const clear = new Uint8Array(block.size).fill(1);
  for (let c = 0; c < block.size; c++) {
    const at = block.start[c] as number;
    const open: number[] = [];
    for (let i = offset[c] as number; i < (offset[c + 1] as number); i++) {
      const p = parents[i] as number;
      if (!((block.end[p] as number) + CLOCK_SLACK < at)) open.push(p);
    }
    if (open.length > 1) for (const p of open) clear[p] = 0;
  }
  return clear;
}
