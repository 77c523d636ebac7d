import { Assignment, NO_PARENT } from './assignment.ts';
import type { Block } from './block.ts';
import { type Candidates, CLOCK_SLACK } from './candidates.ts';
import type { Lesson } from './lesson.ts';
import { Model } from './model.ts';
import { PairOdds } from './pair-odds.ts';
import { randomFrom } from './random.ts';
import { Sampler } from './sampler.ts';

/** Rounds of drawing and learning, and sweeps over the calls in each: all of them are learned from. */
const ROUNDS = 8;
const SWEEPS = 2;
/** How freely unlikely changes pass, sweep by sweep, once all is learned; those at 1 count. */
const HEATS = [2, 1.4, 1, 1, 1, 1, 1];

/** What all chains of a block start from. */
export interface Start {
  readonly block: Block;
  readonly candidates: Candidates;
  /** Log odds by candidate (`sharedValues`). */
  readonly values: Float32Array;
  /** Calls with candidates, and the calls that could have caused any, both in order. */
  readonly children: readonly number[];
  readonly handled: readonly number[];
  readonly lesson: Lesson;
}

/**
 * One run of stochastic EM from nothing known: rounds of drawing joint assignments of causes and of
 * learning from them, then samples that count. Returns how often which cause was drawn: one number a
 * candidate, then one for none, call after call. Another seed may settle on another reading where the
 * calls allow several.
 */
export function runChain(start: Start, seed: number): Float64Array {
  const { block, candidates, values, children, handled, lesson } = start;
  const assignment = new Assignment(block, candidates);
  const tally = new Float64Array(candidates.parents.length + block.size);
  const duration = (block.start[block.size - 1] as number) - (block.start[0] as number) + 1;
  const calls = countByOperation(block, children);
  const model = new Model(block, calls, duration);
  const odds = new PairOdds(block, candidates, assignment, values);
  const sampler = new Sampler(block, candidates, assignment, model, odds, randomFrom(seed));
  const kidsOf = (parent: number) => assignment.kids(parent);
  const learn = () => {
    model.learn();
    assignment.rescore(model, lesson.parents);
  };
  assignment.rescore(model, lesson.parents);
  for (const child of lesson.children) sampler.redraw(child, undefined, true);
  const clear = clearCases(block, candidates);
  model.observe(lesson.handled, kidsOf, (parent) => clear[parent] === 1);
  learn();
  for (let round = 1; round <= ROUNDS; round++) {
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      sampler.sweep(lesson.children, 1, undefined);
      model.observe(lesson.handled, kidsOf, () => true, 1 / SWEEPS);
    }
    if (round >= ROUNDS / 2) {
      const orphans = lesson.children.filter((child) => assignment.parent[child] === NO_PARENT);
      const scale = children.length / lesson.children.length;
      const counts = countByOperation(block, orphans).map((n) => n * scale);
      model.learnOrphans(counts, calls, duration);
    }
    learn();
    odds.learn(lesson.handled, model);
  }
  if (lesson.children.length < children.length) {
    assignment.rescore(model, handled);
    for (const child of children) {
      if (assignment.parent[child] === NO_PARENT) sampler.redraw(child, undefined, true);
    }
  }
  for (const heat of HEATS) sampler.sweep(children, heat, heat === 1 ? tally : undefined);
  sampler.complete(children, tally);
  return tally;
}

function countByOperation(block: Block, calls: readonly number[]): Float64Array {
  const counts = new Float64Array(block.operations);
  for (const call of calls) {
    const op = block.operation[call] as number;
    counts[op] = (counts[op] as number) + 1;
  }
  return counts;
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
