import { mergeSorted } from './sort-merge.ts';
import { Spill } from './sort-spill.ts';

/** How things are sorted, and kept on disk meanwhile. */
export interface Sorting<T> {
  readonly compare: (a: T, b: T) => number;
  /** About how many characters it takes to hold. */
  readonly size: (item: T) => number;
  /** As one line, which `read` reads back. */
  readonly write: (item: T) => string;
  readonly read: (line: string) => T;
}

/** Up to this many characters are sorted in memory. */
const MAX_HELD = 4 * 1024 * 1024;
const BATCH = 1_000;

/** Sorts in memory what fits there, more by merging sorted runs on disk. */
export class RunSorter<T> {
  readonly #sorting: Sorting<T>;
  readonly #maxHeld: number;
  #held: T[] = [];
  #length = 0;
  #spill: Spill | undefined;

  constructor(sorting: Sorting<T>, maxHeld = MAX_HELD) {
    this.#sorting = sorting;
    this.#maxHeld = maxHeld;
  }

  async add(items: Iterable<T>): Promise<void> {
    for (const item of items) {
      this.#held.push(item);
      this.#length += this.#sorting.size(item);
    }
    if (this.#length < this.#maxHeld) return;
    this.#spill ??= await Spill.create();
    const run = this.#held.sort(this.#sorting.compare);
    this.#held = [];
    this.#length = 0;
    await this.#spill.write(this.#lines(run));
  }

  /** All of them in order, equal ones as they came; ends the adding. */
  async *inOrder(): AsyncGenerator<readonly T[]> {
    const { compare } = this.#sorting;
    this.#held.sort(compare);
    if (!this.#spill) {
      yield this.#held;
      return;
    }
    const runs = this.#spill.runs().map((run) => this.#parsed(run));
    let batch: T[] = [];
    for await (const item of mergeSorted([...runs, streamOf(this.#held)], compare)) {
      batch.push(item);
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
    yield batch;
  }

  async close(): Promise<void> {
    await this.#spill?.close();
    this.#spill = undefined;
  }

  *#lines(items: readonly T[]): Generator<string> {
    for (const item of items) yield this.#sorting.write(item);
  }

  async *#parsed(run: AsyncIterable<string>): AsyncGenerator<T> {
    for await (const line of run) yield this.#sorting.read(line);
  }
}

async function* streamOf<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}
