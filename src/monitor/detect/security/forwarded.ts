import { hash32 } from '../../../support/hash.ts';

const MAX_KEPT = 20_000;

/**
 * Tells what a workload passes on from what it does itself: a caller that was asked for the same
 * before, in the same slot, has it from there. Bounded; what is no longer kept counts as its own.
 */
export class Forwarded {
  readonly #asked = new Map<string, Set<string>>();

  /** Whether `caller` passes this on to `target`. Calls must come in order of time. */
  passes(what: string, caller: string, target: string): boolean {
    const key = `${what.length}:${hash32(what)}:${hash32(what, 1)}`;
    let targets = this.#asked.get(key);
    if (!targets) {
      if (this.#asked.size >= MAX_KEPT) return false;
      targets = new Set();
      this.#asked.set(key, targets);
    }
    const passes = caller !== target && targets.has(caller);
    if (targets.size < 64) targets.add(target);
    return passes;
  }
}
