import type { Json } from '../../support/json.ts';
import { type CallRef, Witness } from './call-ref.ts';
import { count, pair } from './json-read.ts';

/** How often a place was true and how often false, with example calls of each. Mergeable. */
export class BooleanFacts {
  readonly #counts: [number, number] = [0, 0];
  readonly #witnesses = [new Witness(), new Witness()] as const;

  add(value: boolean, { id, hash }: CallRef): void {
    const index = value ? 1 : 0;
    this.#counts[index]++;
    this.#witnesses[index].add(id, hash);
  }

  get total(): number {
    return this.#counts[0] + this.#counts[1];
  }

  count(value: boolean): number {
    return this.#counts[value ? 1 : 0];
  }

  examples(value: boolean): string[] {
    return this.#witnesses[value ? 1 : 0].ids;
  }

  merge(other: BooleanFacts): void {
    for (const index of [0, 1] as const) {
      this.#counts[index] += other.#counts[index];
      this.#witnesses[index].merge(other.#witnesses[index]);
    }
  }

  toJSON(): Json {
    return this.#counts.map((times, index) => [times, this.#witnesses[index as 0 | 1].ids]);
  }

  static fromJSON(json: Json | undefined): BooleanFacts {
    const facts = new BooleanFacts();
    pair(json).forEach((entry, index) => {
      const [times, ids] = pair(entry);
      facts.#counts[index as 0 | 1] = count(times);
      facts.#witnesses[index as 0 | 1].merge(Witness.fromJSON(ids));
    });
    return facts;
  }
}
