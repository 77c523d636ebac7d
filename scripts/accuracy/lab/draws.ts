import { hash32 } from '../../../src/support/hash.ts';
import { randomOf } from '../random.ts';

/** Seeded draws from the distributions that the simulator is made of. */
export class Draws {
  readonly #random: () => number;
  #spare: number | undefined;

  constructor(...seed: readonly (string | number)[]) {
    this.#random = randomOf(hash32(seed.join('\n')));
  }

  /** In [low, high). */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * this.#random();
  }

  /** Equal chances per factor: as many between 1 and 10 as between 10 and 100. */
  logUniform(low: number, high: number): number {
    return Math.exp(this.uniform(Math.log(low), Math.log(high)));
  }

  /** Whole number below `count`. */
  below(count: number): number {
    return Math.floor(this.#random() * count);
  }

  chance(share: number): boolean {
    return share > 0 && this.#random() < share;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }

  /** One of `from`, by weight. */
  weighted<T>(from: readonly (readonly [value: T, weight: number])[]): T {
    let left = this.#random() * from.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [value, weight] of from) {
      left -= weight;
      if (left < 0) return value;
    }
    return (from.at(-1) as readonly [T, number])[0];
  }

  /** Standard normal: the polar method (Marsaglia 1964). */
  normal(): number {
    if (this.#spare !== undefined) {
      const spare = this.#spare;
      this.#spare = undefined;
      return spare;
    }
    let x: number;
    let y: number;
    let square: number;
    do {
      x = 2 * this.#random() - 1;
      y = 2 * this.#random() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square === 0);
    const scale = Math.sqrt((-2 * Math.log(square)) / square);
    this.#spare = y * scale;
    return x * scale;
  }

  logNormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal());
  }

  /** With a mean of one. */
  exponential(): number {
    return -Math.log(1 - this.#random());
  }

  /** At least `least`; survival (least / x)^alpha. */
  pareto(least: number, alpha: number): number {
    return least / (1 - this.#random()) ** (1 / alpha);
  }

  /** By counting (Knuth) up to a mean of 30, rounded normal above. */
  poisson(mean: number): number {
    if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.#random(); product > limit; product *= this.#random()) count++;
    return count;
  }

  /** `share` moved by a normal deviation on the scale of log odds; 0 and 1 stay. */
  drifted(share: number, deviation: number): number {
    if (share <= 0 || share >= 1) return share;
    const odds = (share / (1 - share)) * Math.exp(deviation * this.normal());
    return odds / (1 + odds);
  }

  /** `length` lower-case hexadecimal digits. */
  hex(length: number): string {
    let text = '';
    while (text.length < length) {
      text += (this.#random() * 0x1_0000_0000).toString(16).split('.')[0]?.padStart(8, '0');
    }
    return text.slice(0, length);
  }

  uuid(): string {
    const h = this.hex(32);
    return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20)}`;
  }
}
