import type { Faults } from './hub-options.ts';
import { seeded } from './random.ts';

export type Fault = 'unavailable' | 'dropped' | 'garbage' | 'slow' | 'repeated' | 'lying';

/** Draws, request after request, what goes wrong with it. */
export class FaultDice {
  readonly #random: () => number;
  readonly #faults: Faults;

  constructor(faults: Faults) {
    this.#faults = faults;
    this.#random = seeded(faults.seed);
  }

  next(): Fault | undefined {
    const kinds: readonly Fault[] = [
      'unavailable',
      'dropped',
      'garbage',
      'slow',
      'repeated',
      'lying',
    ];
    let draw = this.#random();
    for (const kind of kinds) {
      if (draw < this.#faults[kind]) return kind;
      draw -= this.#faults[kind];
    }
    return undefined;
  }
}
