import { sum } from '../support/numbers.ts';
import { ABSENT, IntTable } from './int-table.ts';
import { Rows } from './rows.ts';

/** Gaps (ms) below this lie in the first bin. */
const LOWEST = -4;
/** Up to here bins are one millisecond wide, as timestamps are; above they grow. */
const FINE = 24;
const GROWTH = 1.25;

const EDGES = binEdges(20_000);
const BINS = EDGES.length - 1;
const WIDTHS = Float64Array.from({ length: BINS }, (_, b) => (EDGES[b + 1] ?? 0) - (EDGES[b] ?? 0));
const BROAD = broadDensity();
/** How many observations the broad density counts for, and the density over all events before. */
const BROAD_WEIGHT = 1;
const POOLED_WEIGHT = 0.2;
/** Observations that a row is taken to have beside its own. */
const PRIOR_WEIGHT = 4;

/**
 * Learned densities (per ms) of the gap between an event within a handled call and one that came
 * before it: `before` and `event` are child operations, the start or the end of the handled call.
 * The event before is part of what is told, so a density sums to one over all of them.
 */
export class Delays {
  readonly #stride: number;
  /** (parent, event) and all events before; (parent, event, before). */
  readonly #pairs = new IntTable();
  readonly #triples = new IntTable();
  readonly #pooled = new Rows(BINS);
  readonly #rows = new Rows(BINS);

  constructor(events: number) {
    this.#stride = events;
  }

  add(parent: number, event: number, before: number, gap: number, weight: number): void {
    const bin = binOf(gap);
    const pair = parent * this.#stride + event;
    this.#pooled.increase(this.#pairs.add(pair), bin, weight);
    this.#rows.increase(this.#triples.add(pair * this.#stride + before), bin, weight);
  }

  /** To be called once all has been added: turns counts into densities. */
  settle(): void {
    const totals = Float64Array.from({ length: this.#pairs.size }, (_, pair) => {
      const row = this.#pooled.at(pair);
      const total = sum(row);
      smooth(row);
      return total;
    });
    for (const [triple, key] of this.#triples.keys().entries()) {
      const pair = this.#pairs.get(Math.floor(key / this.#stride));
      const row = this.#rows.at(triple);
      smooth(row);
      settleRow(row, this.#pooled.at(pair), totals[pair] as number);
    }
    for (const [pair, total] of totals.entries()) {
      const pooled = this.#pooled.at(pair);
      const row = new Float64Array(BINS);
      settleRow(row, pooled, total);
      pooled.set(row);
    }
  }

  /** Density per ms. */
  density(parent: number, event: number, before: number, gap: number): number {
    const bin = binOf(gap);
    const pair = parent * this.#stride + event;
    const triple = this.#triples.get(pair * this.#stride + before);
    if (triple !== ABSENT) return this.#rows.get(triple, bin);
    const known = this.#pairs.get(pair);
    return known === ABSENT ? (BROAD[bin] as number) : this.#pooled.get(known, bin);
  }
}

/** Counts to densities, in place; `total`: observations of (parent, event), whatever came before. */
function settleRow(row: Float64Array, pooled: Float64Array, total: number): void {
  const all = sum(pooled);
  for (let b = 0; b < BINS; b++) {
    const width = WIDTHS[b] as number;
    const broad = BROAD[b] as number;
    const shared = all > 0 ? (pooled[b] as number) / all / width : broad;
    const mass = (row[b] as number) / width + POOLED_WEIGHT * shared + BROAD_WEIGHT * broad;
    row[b] = mass / (total + PRIOR_WEIGHT);
  }
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
  return weights.map((w) => w / total);
}
