import type { Faults } from './hub-options.ts';
import { drawOf } from './random.ts';

export type Fault = 'unavailable' | 'dropped' | 'garbage' | 'slow' | 'repeated' | 'lying';

/**
 * Draws what goes wrong with a request: by what it asks and how often that was asked, so that it does
 * not depend on which of several requests under way comes first.
 */
export class FaultDice {
  readonly #faults: Faults;
  readonly #asked = new Map<string, number>();

  constructor(faults: Faults) {
    this.#faults = faults;
  }

  next(request: string): Fault | undefined {
    const time = (this.#asked.get(request) ?? 0) + 1;
    this.#asked.set(request, time);
    const kinds: readonly Fault[] = [
      'unavailable',
      'dropped',
      'garbage',
      'slow',
      'repeated',
      'lying',
    ];
    let draw = drawOf(`${this.#faults.seed} ${time} ${request}`);
    for (const kind of kinds) {
      if (draw < this.#faults[kind]) return kind;
      draw -= this.#faults[kind];
    }
    return undefined;
  }
}
