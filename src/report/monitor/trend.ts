/** 24 hours of 5 minutes. */
const MOST = 288;
const LEAST_STEP = 300_000;

/** Counts over the last points in time, of the whole and by name; bounded in both. */
export class Trend {
  readonly #mostNames: number;
  readonly #names = new Map<string, Map<number, number>>();
  /** How much of each point was looked at, ms. */
  readonly #observed = new Map<number, number>();
  #step = LEAST_STEP;

  constructor(mostNames: number) {
    this.#mostNames = mostNames;
  }

  /** ms between two points. */
  get step(): number {
    return this.#step;
  }

  /** Adds the counts of a slot that begins at `start` and lasts `interval` ms. */
  add(start: number, interval: number, counts: ReadonlyMap<string, number>): void {
    const step = Math.max(LEAST_STEP, interval);
    if (step !== this.#step) this.#restart(step);
    const point = Math.floor(start / step);
    this.#observed.set(point, (this.#observed.get(point) ?? 0) + interval);
    this.#forget(point - MOST);
    for (const [name, count] of counts) {
      let points = this.#names.get(name);
      if (!points) {
        if (this.#names.size >= this.#mostNames) continue;
        points = new Map();
        this.#names.set(name, points);
      }
      points.set(point, (points.get(point) ?? 0) + count);
    }
  }

  names(): Iterable<string> {
    return this.#names.keys();
  }

  /** Per second, the last `count` points, the newest last; null where nothing was looked at. */
  rates(name: string, count: number): (number | null)[] {
    const newest = Math.max(...this.#observed.keys());
    const first = Math.max(Math.min(...this.#observed.keys()), newest - count + 1);
    const rates: (number | null)[] = [];
    for (let point = first; point <= newest; point++) {
      const observed = this.#observed.get(point);
      const calls = this.#names.get(name)?.get(point) ?? 0;
      rates.push(observed === undefined ? null : calls / (observed / 1000));
    }
    return rates;
  }

  #forget(last: number): void {
    for (const point of this.#observed.keys()) {
      if (point <= last) this.#observed.delete(point);
    }
    for (const [name, points] of this.#names) {
      for (const point of points.keys()) if (point <= last) points.delete(point);
      if (points.size === 0) this.#names.delete(name);
    }
  }

  #restart(step: number): void {
    this.#step = step;
    this.#names.clear();
    this.#observed.clear();
  }
}
