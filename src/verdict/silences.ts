import type { CaptureStats } from '../profile/capture-stats.ts';
import type { Cells } from '../profile/capture-timeline.ts';

/** The longest time without a call between two calls of one window, and what surrounds it. */
export interface Silence {
  /** The node that fell silent; undefined: all of them. */
  readonly node: string | undefined;
  /** Unix ms. */
  readonly start: number;
  /** At least so long, ms: whole cells. */
  readonly ms: number;
  /** Longest other silence, ms. */
  readonly next: number;
  /** Calls before and after it. */
  readonly before: number;
  readonly after: number;
  /** Cells of time before and after it, the share of them without a call, and their width in ms. */
  readonly cells: number;
  readonly quiet: number;
  readonly width: number;
}

/** The longest silence of each window that `cells` have calls in. */
export function silencesOf(
  cells: Cells,
  { timeline: { width }, windows }: CaptureStats,
  node?: string,
): Silence[] {
  const sorted = [...cells].sort((a, b) => a[0] - b[0]);
  return windows.known.flatMap(({ start, end }) => {
    const [from, to] = [Math.floor(start / width), Math.floor(end / width)];
    const inside = sorted.filter(([cell]) => cell >= from && cell <= to);
    return inside.length < 2 ? [] : longestOf(inside, width, node);
  });
}

function longestOf(
  cells: readonly (readonly [cell: number, calls: number])[],
  width: number,
  node: string | undefined,
): Silence {
  let [at, longest, next, seen, before] = [0, 0, 0, 0, 0];
  let last: number | undefined;
  for (const [cell, calls] of cells) {
    const empty = last === undefined ? 0 : cell - last - 1;
    if (empty > longest) {
      [at, next, longest, before] = [cell - empty, longest, empty, seen];
    } else if (empty > next) next = empty;
    seen += calls;
    last = cell;
  }
  const rest = (last ?? 0) - (cells[0]?.[0] ?? 0) + 1 - longest;
  return {
    node,
    start: at * width,
    ms: longest * width,
    next: next * width,
    before,
    after: seen - before,
    cells: rest,
    // Two made-up cells, one of them empty: a capture that never paused doesn't prove that it can't.
    quiet: (rest - cells.length + 1) / (rest + 2),
    width,
  };
}
