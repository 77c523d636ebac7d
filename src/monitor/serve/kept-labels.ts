import { visible } from '../../support/escape.ts';

const MAX_LABEL = 200;
/** What stands for all that found no room. */
export const OTHER = 'other';

/** Values of a label, bounded: the first `limit` names are kept, all others are one. */
export class KeptLabels {
  readonly #limit: number;
  readonly #kept = new Map<string, string>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The label for a name from traffic. */
  of(name: string): string {
    const known = this.#kept.get(name);
    if (known !== undefined) return known;
    if (this.#kept.size >= this.#limit) return OTHER;
    const label = visible(name, MAX_LABEL);
    this.#kept.set(name, label);
    return label;
  }
}
