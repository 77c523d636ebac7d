import type { Json } from '../../../support/json.ts';

const MAX_NAMES = 2_000;

/** Sums by name that forget: each observation is worth `keep` of the next. Bounded. */
export class RecentSums {
  readonly #keep: number;
  readonly #byName = new Map<string, readonly number[]>();

  constructor(keep: number) {
    this.#keep = keep;
  }

  get(name: string): readonly number[] | undefined {
    return this.#byName.get(name);
  }

  add(name: string, numbers: readonly number[]): void {
    const before = this.#byName.get(name) ?? [];
    this.#byName.delete(name);
    if (this.#byName.size >= MAX_NAMES) {
      this.#byName.delete(this.#byName.keys().next().value as string);
    }
    this.#byName.set(
      name,
      numbers.map((value, i) => value + this.#keep * (before[i] ?? 0)),
    );
  }

  /** In the order of when they were added to last, which is the order of forgetting. */
  toJSON(): Json {
    return [...this.#byName].map(([name, numbers]) => [name, ...numbers]);
  }

  /** Takes what `toJSON` wrote; what can't be read is left out. */
  restore(json: Json | undefined): this {
    for (const entry of Array.isArray(json) ? json.slice(0, MAX_NAMES) : []) {
      if (!Array.isArray(entry) || typeof entry[0] !== 'string') continue;
      const numbers = entry.slice(1);
      if (numbers.every(Number.isFinite)) this.#byName.set(entry[0], numbers as number[]);
    }
    return this;
  }
}
