import { type Json, sortedEntries } from '../../../support/json.ts';
import type { Situation } from '../../detector.ts';
import { Level, ORDINARY_DAY, type Quietness } from '../../learned/level.ts';
import { isFailing } from '../../measure/slot-view.ts';
import type { Outlook } from './outlook.ts';
import { ratedOf } from './tally.ts';

const MAX_WORKLOADS = 3_000;

/** How quiet it is of late at each workload. */
export class Levels {
  readonly #byWorkload = new Map<string, Level>();
  /** The middle one of the workloads' shares, once asked for. */
  #middle: number | undefined;

  /** Takes a slot that is captured whole. What fails says nothing of how many calls are wanted. */
  learn({ view }: Situation<unknown>, outlook: Outlook): void {
    this.#middle = undefined;
    for (const name of outlook.rates.keys()) {
      const what = ratedOf(name);
      if (what.kind !== 'workload' || isFailing(view, what.workload)) continue;
      const usual = outlook.usual(what);
      const level = this.#byWorkload.get(what.workload) ?? new Level();
      this.#byWorkload.delete(what.workload);
      this.#byWorkload.set(what.workload, level);
      if (usual > 0) level.add(view.slot, outlook.own(what), usual);
    }
    for (const workload of this.#byWorkload.keys()) {
      if (this.#byWorkload.size <= MAX_WORKLOADS) break;
      this.#byWorkload.delete(workload);
    }
  }

  /** How quiet a workload is, as far as most others are as well: one that fades alone is no holiday. */
  of(workload: string): Quietness {
    const own = this.#byWorkload.get(workload)?.quietness ?? ORDINARY_DAY;
    if (own.share === 1) return own;
    this.#middle ??= middleOf(
      [...this.#byWorkload.values()].map(({ quietness }) => quietness.share),
    );
    const middle = this.#middle;
    return middle === 1 ? ORDINARY_DAY : { ...own, share: Math.max(own.share, middle) };
  }

  toJSON(): Json {
    return sortedEntries(this.#byWorkload).map(([name, level]) => [name, level.toJSON()]);
  }

  /** Takes what `toJSON` wrote; what can't be read is left out. */
  restore(json: Json | undefined): this {
    if (!Array.isArray(json)) return this;
    for (const entry of json.slice(0, MAX_WORKLOADS)) {
      const [name, level] = Array.isArray(entry) ? entry : [];
      if (typeof name === 'string') this.#byWorkload.set(name, new Level().restore(level));
    }
    return this;
  }
}

function middleOf(shares: readonly number[]): number {
  return shares.toSorted((a, b) => a - b)[Math.floor(shares.length / 2)] ?? 1;
}
