import type { Call } from '../calls/call.ts';
import type { Json } from '../support/json.ts';
import { KeptNames, MAX_NAME } from './kept-names.ts';
import { count, fields, integer, list, text } from './schema/json-read.ts';

/** Time is kept in at most so many cells that hold a call: seconds in a capture of 17 minutes. */
const MAX_CELLS = 1024;
const MAX_NODES = 32;
const MAX_LEVEL = 40;

/** Calls by cell of time. */
export type Cells = ReadonlyMap<number, number>;

/**
 * When calls came, in all and by the node that observed them, in cells of 2^level seconds: the
 * smallest level at which MAX_CELLS cells suffice. Mergeable.
 */
export class Timeline {
  #level = 0;
  readonly #whole = new Map<number, number>();
  readonly #nodes = new KeptNames(MAX_NODES, () => new Map<number, number>());

  /** Width of a cell, ms. */
  get width(): number {
    return 1000 * 2 ** this.#level;
  }

  get whole(): Cells {
    return this.#whole;
  }

  /** In code-unit order of the nodes. */
  get nodes(): readonly (readonly [node: string, cells: Cells])[] {
    return this.#nodes.entries();
  }

  observe(call: Call): void {
    const cell = Math.floor(call.ts / this.width);
    add(this.#whole, cell, 1);
    if (call.node !== undefined) this.#addTo(call.node, cell);
    for (const { node } of call.sightings ?? []) this.#addTo(node, cell);
    this.#settle();
  }

  /** Adds `other`, which may be coarsened. */
  merge(other: Timeline): void {
    while (this.#level < other.#level) this.#coarsen();
    while (other.#level < this.#level) other.#coarsen();
    for (const [cell, calls] of other.#whole) add(this.#whole, cell, calls);
    for (const [node, cells] of other.#nodes.entries()) {
      const mine = this.#nodes.at(node);
      if (mine) for (const [cell, calls] of cells) add(mine, cell, calls);
    }
    this.#settle();
  }

  toJSON(): Json {
    return {
      level: this.#level,
      whole: runsOf(this.#whole),
      nodes: this.#nodes.entries().map(([node, cells]) => [node, runsOf(cells)]),
    };
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): Timeline {
    const raw = fields(json);
    const timeline = new Timeline();
    timeline.#level = count(raw.level);
    if (timeline.#level > MAX_LEVEL) throw new RangeError('not a level of time');
    readRuns(raw.whole, timeline.#whole);
    for (const entry of list(raw.nodes, MAX_NODES)) {
      const [node, runs] = list(entry, 2);
      readRuns(runs, timeline.#nodes.at(text(node, MAX_NAME)) ?? new Map());
    }
    return timeline;
  }

  #addTo(node: string, cell: number): void {
    const cells = this.#nodes.at(node);
    if (cells) add(cells, cell, 1);
  }

  #settle(): void {
    while (this.#whole.size > MAX_CELLS && this.#level < MAX_LEVEL) this.#coarsen();
  }

  #coarsen(): void {
    this.#level++;
    for (const cells of [this.#whole, ...this.#nodes.entries().map(([, cells]) => cells)]) {
      const finer = [...cells];
      cells.clear();
      for (const [cell, calls] of finer) add(cells, Math.floor(cell / 2), calls);
    }
  }
}

function add(cells: Map<number, number>, cell: number, calls: number): void {
  cells.set(cell, (cells.get(cell) ?? 0) + calls);
}

/** Cells without a gap as one list: the first cell, then the calls of each. */
function runsOf(cells: Cells): number[][] {
  const runs: number[][] = [];
  let next = Number.NaN;
  for (const [cell, calls] of [...cells].sort((a, b) => a[0] - b[0])) {
    if (cell === next) runs.at(-1)?.push(calls);
    else runs.push([cell, calls]);
    next = cell + 1;
  }
  return runs;
}

function readRuns(json: Json | undefined, into: Map<number, number>): void {
  for (const run of list(json, MAX_CELLS)) {
    const [first, ...calls] = list(run, MAX_CELLS + 1);
    const start = integer(first);
    calls.forEach((one, i) => {
      add(into, start + i, count(one));
    });
    if (into.size > MAX_CELLS) throw new RangeError('too many cells of time');
  }
}
