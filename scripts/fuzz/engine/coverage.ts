import { COUNTERS } from './instrument.ts';

/** How often a place ran, in the steps that count as another behaviour: 1, 2, 3, 4–7, 8–15, … 64–255. */
const STEP = Uint8Array.from({ length: 256 }, (_, hits) =>
  hits < 4 ? hits : Math.min(8, 2 + Math.floor(Math.log2(hits))),
);

/** What the instrumented code of this thread has shown so far. */
export class Coverage {
  readonly #counters: Uint8Array;
  /** The same bytes, eight at a time: most are zero. */
  readonly #eights: BigUint64Array;
  /** A bit for each step of each place. */
  readonly #seen: Uint16Array;
  #features = 0;

  constructor(counters: number) {
    const bytes = Math.ceil(counters / 8) * 8;
    this.#counters = new Uint8Array(bytes);
    this.#eights = new BigUint64Array(this.#counters.buffer);
    this.#seen = new Uint16Array(bytes);
    Object.assign(globalThis, { [COUNTERS]: this.#counters });
  }

  /** Places and steps seen. */
  get features(): number {
    return this.#features;
  }

  begin(): void {
    this.#counters.fill(0);
  }

  /** How much of what ran since `begin` was never seen before. */
  end(): number {
    let fresh = 0;
    for (let eight = 0; eight < this.#eights.length; eight++) {
      if (this.#eights[eight] === 0n) continue;
      for (let at = 8 * eight; at < 8 * eight + 8; at++) {
        const bit = 1 << (STEP[this.#counters[at] as number] as number);
        if (bit === 1 || ((this.#seen[at] as number) & bit) !== 0) continue;
        this.#seen[at] = (this.#seen[at] as number) | bit;
        fresh++;
      }
    }
    this.#features += fresh;
    return fresh;
  }
}
