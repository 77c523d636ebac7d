import type { CaptureStats } from '../profile/capture-stats.ts';
import type { Cells } from '../profile/capture-timeline.ts';

/** So many of the longest silences tell how the rarest are spread. */
const TAIL = 10;
/** A made-up excess, so that few silences are not believed too much: a single one has an index of 2. */
const DOUBT = 0.25;

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
  /** How fast silences get rarer as they get longer, by the longest others: P(longer than x × as long) = x^−decay. */
  readonly decay: number;
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
  let [at, longest, seen, before] = [0, 0, 0, 0];
  let last: number | undefined;
  const silences: number[] = [];
  for (const [cell, calls] of cells) {
    const empty = last === undefined ? 0 : cell - last - 1;
    if (empty > longest) [at, longest, before] = [cell - empty, empty, seen];
    if (empty > 0) silences.push(empty);
    seen += calls;
    last = cell;
  }
  const [, ...others] = silences.sort((a, b) => b - a);
  const rest = (last ?? 0) - (cells[0]?.[0] ?? 0) + 1 - longest;
  return {
    node,
    start: at * width,
    ms: longest * width,
    next: (others[0] ?? 0) * width,
    decay: decayOf(others),
    before,
    after: seen - before,
    cells: rest,
    // Two made-up cells, one of them empty: a capture that never paused doesn't prove that it can't.
    quiet: (rest - cells.length + 1) / (rest + 2),
    width,
  };
}

/** Hill's estimator of a tail's index, over the longest. */
function decayOf(silences: readonly number[]): number {
  const top = silences.slice(0, TAIL + 1);
  const least = top.pop();
  if (least === undefined) return Number.POSITIVE_INFINITY;
  const excess = top.reduce((sum, silence) => sum + Math.log(silence / least), 0);
  return (top.length + 2 * DOUBT) / (excess + DOUBT);
}
