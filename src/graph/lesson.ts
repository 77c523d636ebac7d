import type { Block } from './block.ts';
import type { Candidates } from './candidates.ts';

/** A block with more calls to link than this teaches enough by a part of them. */
const ENOUGH = 12_000;
/** How many stretches of time that part comes from at most, and how long (ms) each is at least. */
const MOST_STRETCHES = 4;
const STRETCH_MS = 3_000;

/** What of a block to learn from. */
export interface Lesson {
  /** Calls whose causes are drawn while learning, in order. */
  readonly children: readonly number[];
  /** Their possible causes, in order. */
  readonly parents: readonly number[];
  /** Those of the possible causes whose calls are all drawn, in order: what is learned from. */
  readonly handled: readonly number[];
}

/** A few stretches of the block's time, evenly spread; the whole block where it is small. */
export function lessonOf(
  block: Block,
  { offset, parents }: Candidates,
  children: readonly number[],
  handled: readonly number[],
): Lesson {
  if (children.length <= ENOUGH) return { children, parents: handled, handled };
  const duration = startOf(block, children.at(-1)) - startOf(block, children[0]) + 1;
  const each = Math.min(
    children.length,
    Math.max(ENOUGH / MOST_STRETCHES, Math.ceil((children.length * STRETCH_MS) / duration)),
  );
  const stretches = Math.max(1, Math.floor(ENOUGH / each));
  const step = children.length / stretches;
  const drawn: number[] = [];
  const spans: [from: number, to: number][] = [];
  for (let s = 0; s < stretches; s++) {
    const first = Math.floor(s * step + (step - each) / 2);
    const stretch = children.slice(first, first + each);
    drawn.push(...stretch);
    spans.push([startOf(block, stretch[0]), startOf(block, stretch.at(-1))]);
  }
  const possible = new Set<number>();
  for (const c of drawn) {
    for (let i = offset[c] as number; i < (offset[c + 1] as number); i++)
      possible.add(parents[i] as number);
  }
  const lies = (p: number) => {
    const [start, end] = [block.start[p] as number, block.end[p] as number];
    return spans.some(([from, to]) => start > from && !(end > to) && start < to);
  };
  return {
    children: drawn,
    parents: [...possible].sort((a, b) => a - b),
    handled: handled.filter(lies),
  };
}

function startOf({ start }: Block, call: number | undefined): number {
  return start[call as number] as number;
}
