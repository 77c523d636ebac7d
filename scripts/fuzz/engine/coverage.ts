import { COUNTERS } from './instrument.ts';

/** How often a place ran, in the steps that count as another behaviour: 1, 2, 3, 4–7, 8–15, … 64–255. */
const STEP = Uint8Array.from({ length: 256 }, (_, hits) =>
  hits < 4 ? hits : Math.min(8, 2 + Math.floor(Math.log2(hits))),
);

const STEPS = 9;
const MAX_SIZE = 0xffff;

/** What the instrumented code of this thread has shown so far. */
export class Coverage {
  readonly #counters: Uint8Array;
  /** The same bytes, eight at a time: most are zero. */
  readonly #eights: BigUint64Array;
  /** The length of the shortest input for each step of each place, and one; 0 where there was none. */
  readonly #shortest: Uint16Array;
  #features = 0;

  constructor(counters: number) {
    const bytes = Math.ceil(counters / 8) * 8;
    this.#counters = new Uint8Array(bytes);
    this.#eights = new BigUint64Array(this.#counters.buffer);
    this.#shortest = new Uint16Array(STEPS * bytes);
    Object.assign(globalThis, { [COUNTERS]: this.#counters });
  }

  /** Places and steps seen. */
  get features(): number {
    return this.#features;
  }

  begin(): void {
    this.#counters.fill(0);
  }

  /**
   * Whether what ran since `begin` is worth keeping: it was never seen before, or by inputs twice as long
   * as this one at least, which are harder to change.
   */
  end(length: number): boolean {
    const size = Math.min(MAX_SIZE, length + 1);
    let isWorth = false;
    for (let eight = 0; eight < this.#eights.length; eight++) {
      if (this.#eights[eight] === 0n) continue;
      for (let at = 8 * eight; at < 8 * eight + 8; at++) {
        const step = STEP[this.#counters[at] as number] as number;
        if (step === 0) continue;
        const shortest = this.#shortest[STEPS * at + step] as number;
        if (shortest === 0) this.#features++;
        else if (2 * size > shortest) continue;
        this.#shortest[STEPS * at + step] = size;
        isWorth = true;
      }
    }
    return isWorth;
  }
}
