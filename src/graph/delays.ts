/** Gaps (ms) below this lie in the first bin. */
const LOWEST = -4;
/** Up to here bins are one millisecond wide, as timestamps are; above they grow. */
const FINE = 24;
const GROWTH = 1.25;

const EDGES = binEdges(20_000);
const BINS = EDGES.length - 1;
const BROAD = broadDensity();
/** How many observations the broad density counts for. */
const BROAD_WEIGHT = 2;
/** The same for the density over all events before, within one (parent, event). */
const POOLED_WEIGHT = 2;

/**
 * Learned densities (per ms) of the gap between an event within a handled call and the event that
 * came last before it: `before` and `event` are child operations, the start or the end of the
 * handled call. The event before is part of what is told, so a density sums to one over all of them.
 */
export class Delays {
  readonly #stride: number;
  readonly #rows = new Map<number, Float64Array>();
  readonly #pooled = new Map<number, Float64Array>();
  readonly #logs = new Map<number, Float64Array>();

  constructor(events: number) {
    this.#stride = events;
  }

  add(parent: number, event: number, before: number, gap: number, weight: number): void {
    const bin = binOf(gap);
    const pair = parent * this.#stride + event;
    increase(this.#rows, pair * this.#stride + before, bin, weight);
    increase(this.#pooled, pair, bin, weight);
  }

  /** To be called once all has been added. */
  settle(): void {
    const total = new Map<number, number>();
    for (const [pair, row] of this.#pooled) {
      total.set(pair, sum(row));
      smooth(row);
    }
    for (const [key, row] of this.#rows) {
      const pair = Math.floor(key / this.#stride);
      const pooled = this.#pooled.get(pair) as Float64Array;
      const n = total.get(pair) as number;
      smooth(row);
      this.#logs.set(key, logDensity(row, pooled, n));
    }
    for (const [pair, pooled] of this.#pooled) {
      this.#logs.set(-1 - pair, logDensity(new Float64Array(BINS), pooled, total.get(pair) ?? 0));
    }
  }

  /** Log density per ms. */
  log(parent: number, event: number, before: number, gap: number): number {
    const pair = parent * this.#stride + event;
    const row = this.#logs.get(pair * this.#stride + before) ?? this.#logs.get(-1 - pair) ?? BROAD;
    return row[binOf(gap)] as number;
  }
}

function logDensity(row: Float64Array, pooled: Float64Array, n: number): Float64Array {
  const logs = new Float64Array(BINS);
  const pooledTotal = sum(pooled);
  for (let b = 0; b < BINS; b++) {
    const width = (EDGES[b + 1] as number) - (EDGES[b] as number);
    const broad = Math.exp(BROAD[b] as number);
    const shared = pooledTotal > 0 ? (pooled[b] as number) / pooledTotal / width : broad;
    const mass =
      (row[b] as number) / width + POOLED_WEIGHT * shared * 0.1 + BROAD_WEIGHT * broad * 0.5;
    logs[b] = Math.log(mass / (n + BROAD_WEIGHT + POOLED_WEIGHT));
  }
  return logs;
}

/** Spreads each bin a little onto its neighbours: a gap is known to a millisecond at best. */
function smooth(row: Float64Array): void {
  let left = 0;
  for (let b = 0; b < BINS; b++) {
    const here = row[b] as number;
    const right = b + 1 < BINS ? (row[b + 1] as number) : 0;
    row[b] = 0.7 * here + 0.15 * (left + right);
    left = here;
  }
}

function increase(rows: Map<number, Float64Array>, key: number, bin: number, by: number): void {
  let row = rows.get(key);
  if (!row) {
    row = new Float64Array(BINS);
    rows.set(key, row);
  }
  row[bin] = (row[bin] as number) + by;
}

function binOf(gap: number): number {
  if (gap < LOWEST + 1) return 0;
  if (gap < FINE) return Math.floor(gap) - LOWEST;
  const bin = FINE - LOWEST + Math.floor(Math.log(gap / FINE) / Math.log(GROWTH));
  return Math.min(bin, BINS - 1);
}

function binEdges(highest: number): Float64Array {
  const edges: number[] = [];
  for (let edge = LOWEST; edge <= FINE; edge++) edges.push(edge);
  for (let edge = FINE * GROWTH; edge < highest * GROWTH; edge *= GROWTH) edges.push(edge);
  return Float64Array.from(edges);
}

/** Before anything is learned: the nearer the likelier, with a heavy tail. */
function broadDensity(): Float64Array {
  const weights = new Float64Array(BINS);
  let total = 0;
  for (let b = 0; b < BINS; b++) {
    const from = EDGES[b] as number;
    const to = EDGES[b + 1] as number;
    const middle = (from + to) / 2;
    weights[b] = middle < 0 ? 1 / (20 * (1 + middle * middle)) : 1 / (middle + 5);
    total += (weights[b] as number) * (to - from);
  }
  return weights.map((w) => Math.log(w / total));
}

function sum(row: Float64Array): number {
  let total = 0;
  for (const value of row) total += value;
  return total;
}
