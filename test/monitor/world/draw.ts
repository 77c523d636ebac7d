/** A number in 0…2³²−1 that belongs to these numbers and to no others (murmur3's finalizer, mixed). */
export function mixed(...parts: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const part of parts) {
    hash = Math.imul(
      hash ^ (part | 0) ^ Math.imul(Math.floor(part / 4294967296) | 0, 31),
      0x85ebca6b,
    );
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash = (hash ^ (hash >>> 16)) + 0x9e3779b9;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** The draw in [0, 1) that belongs to these numbers. */
export const unit = (...parts: readonly number[]): number => mixed(...parts) / 4294967296;

/** The draw from about N(0, 1) that belongs to these numbers: twelve uniforms would do, four are enough here. */
export function bell(...parts: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < 4; i++) sum += unit(i, ...parts);
  return (sum - 2) * Math.sqrt(3);
}

/** A seeded sequence, and what is drawn from it. */
export class Draw {
  #state: number;

  constructor(...parts: readonly number[]) {
    this.#state = mixed(...parts);
  }

  /** In [0, 1): mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  /** Gamma of mean 1 and variance 1 / shape, shape ≥ 1 (Marsaglia and Tsang). */
  gamma(shape: number): number {
    const d = shape - 1 / 3;
    for (;;) {
      const x = this.normal();
      const v = (1 + x / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(1 - this.next()) < x * x * 0.5 + d - d * v + d * Math.log(v)) {
        return (d * v) / shape;
      }
    }
  }

  poisson(mean: number): number {
    if (mean > 500) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    let count = -1;
    for (let product = 1; product > Math.exp(-mean); count++) product *= this.next();
    return Math.max(0, count);
  }

  /** Overdispersed: negative binomial of this mean, variance mean + mean² / shape. */
  counted(mean: number, shape: number): number {
    return this.poisson(mean * this.gamma(shape));
  }
}
