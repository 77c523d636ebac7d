import type { Call } from '../calls/call.ts';
import type { Target } from '../calls/target.ts';
import { Assignment, NO_PARENT } from './assignment.ts';
import { type Block, blockOf } from './block.ts';
import { type Candidates, candidatesOf } from './candidates.ts';
import { Model } from './model.ts';
import { randomFrom } from './random.ts';
import { Sampler } from './sampler.ts';

/** What caused a call; both are indices into the calls given. */
export interface Link {
  readonly child: number;
  /** Null: a client from outside, background work, or a cause that was not seen. */
  readonly parent: number | null;
  /** Probability (0…1) that this is so. */
  readonly confidence: number;
}

const ROUNDS = 6;
const SWEEPS = 4;
const FINAL_SWEEPS = 24;

/** `linkBlock` with what each call asks for already known. */
export function linkTargets(
  calls: readonly Call[],
  targets: readonly Target[],
  from: number,
  to: number,
): Link[] {
  const block = blockOf(calls, targets);
  const candidates = candidatesOf(block);
  const tally = infer(block, candidates);
  const links: Link[] = [];
  for (let child = 0; child < block.size; child++) {
    const { ts } = calls[child] as Call;
    if (ts >= from && ts < to) links.push(linkOf(child, candidates, tally));
  }
  return links;
}

function infer(block: Block, candidates: Candidates): Float64Array {
  const { offset, parents } = candidates;
  const tally = new Float64Array(parents.length + block.size);
  const children: number[] = [];
  const childCounts = new Float64Array(block.operations);
  for (let c = 0; c < block.size; c++) {
    if (offset[c] === offset[c + 1]) continue;
    children.push(c);
    const op = block.operation[c] as number;
    childCounts[op] = (childCounts[op] as number) + 1;
  }
  if (children.length === 0) return tally;
  const handled = [...new Set(parents)].sort((a, b) => a - b);
  const duration = (block.start[block.size - 1] as number) - (block.start[0] as number) + 1;
  const model = new Model(block, childCounts, duration);
  const assignment = new Assignment(block, candidates);
  assignment.rescore(model, handled);
  const sampler = new Sampler(block, candidates, assignment, model, randomFrom(children.length));
  for (const child of children) sampler.redraw(child, undefined, true);
  for (let round = 0; round < ROUNDS; round++) {
    learn(block, assignment, model, children, handled, duration);
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      for (const child of children) {
        sampler.redraw(child, undefined, false);
        sampler.swap(child);
      }
    }
  }
  learn(block, assignment, model, children, handled, duration);
  for (let sweep = 0; sweep < FINAL_SWEEPS; sweep++) {
    for (const child of children) {
      sampler.redraw(child, tally, false);
      sampler.swap(child);
    }
  }
  return tally;
}

function learn(
  block: Block,
  assignment: Assignment,
  model: Model,
  children: readonly number[],
  handled: readonly number[],
  duration: number,
): void {
  const orphans = new Float64Array(block.operations);
  for (const child of children) {
    if (assignment.parent[child] !== NO_PARENT) continue;
    const op = block.operation[child] as number;
    orphans[op] = (orphans[op] as number) + 1;
  }
  model.learn(handled, (parent) => assignment.kids(parent), orphans, duration);
  assignment.rescore(model, handled);
}

function linkOf(child: number, { offset, parents }: Candidates, tally: Float64Array): Link {
  const from = offset[child] as number;
  const n = (offset[child + 1] as number) - from;
  if (n === 0) return { child, parent: null, confidence: 1 };
  const base = from + child;
  let best = n;
  let total = 0;
  for (let i = 0; i <= n; i++) {
    total += tally[base + i] as number;
    if ((tally[base + i] as number) > (tally[base + best] as number)) best = i;
  }
  const confidence = (tally[base + best] as number) / total;
  return { child, parent: best === n ? null : (parents[from + best] as number), confidence };
}
