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

/** What is sorted, in batches. */
type Run<T> = Iterable<readonly T[]> | AsyncIterable<readonly T[]>;

/** What bounds the memory that sorting takes. */
export interface SortBounds {
  /** Up to this many characters are sorted in memory. */
  readonly maxHeld: number;
  /** So many runs of a level are merged into one of the next: what is read of each is held. */
  readonly fanIn: number;
}

const BOUNDS: SortBounds = { maxHeld: 4 * 1024 * 1024, fanIn: 64 };

/**
 * Sorts in memory what fits there, more by merging sorted runs on disk, in levels: however much there
 * is, few runs are read at once, and at most twice the room of it is taken on disk.
 */
export class RunSorter<T> {
  readonly #sorting: Sorting<T>;
  readonly #bounds: SortBounds;
  /** Runs of the first are as they were held, those of each other one merged from the level before. */
  readonly #levels: Spill[] = [];
  #held: T[] = [];
  #length = 0;

  constructor(sorting: Sorting<T>, bounds: Partial<SortBounds> = {}) {
    this.#sorting = sorting;
    this.#bounds = { ...BOUNDS, ...bounds };
  }

  async add(items: Iterable<T>): Promise<void> {
    for (const item of items) {
      this.#held.push(item);
      this.#length += this.#sorting.size(item);
    }
    if (this.#length < this.#bounds.maxHeld) return;
    const run = this.#held.sort(this.#sorting.compare);
    this.#held = [];
    this.#length = 0;
    await this.#write([run], 0);
    for (let at = 0; (this.#levels[at]?.size ?? 0) >= this.#bounds.fanIn; at++) {
      const level = this.#levels[at] as Spill;
      await this.#write(mergeSorted(this.#runsOf(level), this.#sorting.compare), at + 1);
      await level.clear();
    }
  }

  /** All of them in order, equal ones as they came, in batches; ends the adding. */
  async *inOrder(): AsyncGenerator<readonly T[]> {
    const { compare } = this.#sorting;
    this.#held.sort(compare);
    if (this.#levels.length === 0) {
      yield this.#held;
      return;
    }
    // What came first is in the last level.
    const runs = this.#levels.toReversed().flatMap((level) => this.#runsOf(level));
    yield* mergeSorted([...runs, streamOf(this.#held)], compare);
  }

  async close(): Promise<void> {
    for (const level of this.#levels.splice(0)) await level.close();
  }

  async #write(run: Run<T>, at: number): Promise<void> {
    this.#levels[at] ??= await Spill.create();
    await this.#levels[at].write(this.#lines(run));
  }

  #runsOf(level: Spill): AsyncIterator<readonly T[]>[] {
    return level.runs().map((run) => this.#parsed(run));
  }

  async *#lines(run: Run<T>): AsyncGenerator<readonly string[]> {
    const { write } = this.#sorting;
    for await (const items of run) yield items.map(write);
  }

  async *#parsed(run: AsyncIterable<readonly string[]>): AsyncGenerator<readonly T[]> {
    for await (const lines of run) yield lines.map(this.#sorting.read);
  }
}

async function* streamOf<T>(values: readonly T[]): AsyncGenerator<readonly T[]> {
  yield values;
}
