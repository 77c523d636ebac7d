/** One observation of something that two nodes may both have seen. */
export interface Seen {
  readonly ts: number;
  readonly node: string;
}

interface Level {
  /** Neighbours further apart than this are not of one burst, ms. */
  readonly gap: number;
  /** A longer burst is cut at multiples of this, ms. */
  readonly span: number;
}

/** First what lies close together, then the rest, as far as two nodes' clocks may differ. */
const LEVELS: readonly Level[] = [
  { gap: 20, span: 100 },
  { gap: 250, span: 250 },
];
/** Sum over the levels of the span and the gap. */
export const REACH_MS = LEVELS.reduce((sum, { gap, span }) => sum + gap + span, 0);

/**
 * Which observations of equal calls on one connection are of the same call: in each burst the k-th of
 * one node with the k-th of another. Takes them sorted by time; gives for each the index of the
 * one that stands for its call (its own when nothing matches). Depends only on what lies within
 * REACH_MS.
 */
export function matchSightings(seen: readonly Seen[]): Int32Array {
  const root = Int32Array.from(seen.keys());
  const matched = new Uint8Array(seen.length);
  for (const level of LEVELS) {
    const left: number[] = [];
    for (let i = 0; i < seen.length; i++) if (matched[i] === 0) left.push(i);
    for (const burst of bursts(seen, left, level)) matchBurst(seen, burst, root, matched);
  }
  return root;
}

function* bursts(seen: readonly Seen[], left: readonly number[], level: Level) {
  const ts = (k: number) => (seen[left[k] as number] as Seen).ts;
  for (let from = 0, to = 1; to <= left.length; to++) {
    if (to < left.length && ts(to) - ts(to - 1) <= level.gap) continue;
    if (ts(to - 1) - ts(from) <= level.span) yield left.slice(from, to);
    else yield* cells(seen, left.slice(from, to), level.span);
    from = to;
  }
}

function cells(seen: readonly Seen[], burst: readonly number[], span: number) {
  return Map.groupBy(burst, (i) => Math.floor((seen[i] as Seen).ts / span)).values();
}

function matchBurst(
  seen: readonly Seen[],
  burst: readonly number[],
  root: Int32Array,
  matched: Uint8Array,
): void {
  const byNode = Map.groupBy(burst, (i) => (seen[i] as Seen).node);
  if (byNode.size < 2) return;
  const [most = [], ...others] = [...byNode].sort(mostFirst).map(([, indices]) => indices);
  for (const few of others) {
    for (const [i, other] of aligned(seen, few, most)) {
      root[i] = other;
      matched[i] = matched[other] = 1;
    }
  }
}

function mostFirst(a: readonly [string, number[]], b: readonly [string, number[]]): number {
  return b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1);
}

/** Gives each of the fewer the nearest of the many that keeps the order and leaves one for each that follows. */
function* aligned(seen: readonly Seen[], few: readonly number[], many: readonly number[]) {
  const distance = (i: number, k: number) =>
    Math.abs((seen[i] as Seen).ts - (seen[many[k] as number] as Seen).ts);
  let k = 0;
  for (const [n, i] of few.entries()) {
    const last = many.length - (few.length - n);
    while (k < last && distance(i, k + 1) < distance(i, k)) k++;
    yield [i, many[k++] as number] as const;
  }
}
