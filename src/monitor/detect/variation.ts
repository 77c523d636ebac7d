import type { Json } from '../../support/json.ts';

const MAX_NAMES = 5_000;

/** A variance, learned as a mean that forgets, from a belief that counts for some observations. */
export class Variation {
  readonly #belief: number;
  readonly #worth: number;
  readonly #keep: number;
  readonly #byName = new Map<string, [weight: number, sum: number]>();

  /** `keep` is what remains of an observation's weight after the next. */
  constructor(belief: number, worth: number, keep: number) {
    this.#belief = belief;
    this.#worth = worth;
    this.#keep = keep;
  }

  /** Never below a tenth of the belief. */
  of(name: string): number {
    const [weight, sum] = this.#byName.get(name) ?? [0, 0];
    const mean = (this.#belief * this.#worth + sum) / (this.#worth + weight);
    return Math.max(mean, this.#belief / 10);
  }

  /** An unbiased estimate of the variance, which may be negative, and how much it counts, 0…1. */
  learn(name: string, estimate: number, weight = 1): void {
    const [before, sum] = this.#byName.get(name) ?? [0, 0];
    this.#byName.delete(name);
    this.#byName.set(name, [before * this.#keep + weight, sum * this.#keep + weight * estimate]);
    if (this.#byName.size > MAX_NAMES)
      this.#byName.delete(this.#byName.keys().next().value as string);
  }

  /** In the order of when they were learned last, which is the order of forgetting. */
  toJSON(): Json {
    return [...this.#byName].map(([name, [weight, sum]]) => [name, weight, sum]);
  }

  /** Takes what `toJSON` wrote; what can't be read is left out. */
  restore(json: Json | undefined): this {
    if (!Array.isArray(json)) return this;
    for (const entry of json.slice(0, MAX_NAMES)) {
      if (!Array.isArray(entry)) continue;
      const [name, weight, sum] = entry;
      if (typeof name !== 'string' || !(weight >= 0) || !Number.isFinite(sum)) continue;
      this.#byName.set(name, [weight, sum]);
    }
    return this;
  }
}
