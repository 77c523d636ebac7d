import type { Call } from '../calls/call.ts';
import type { Target } from '../calls/target.ts';
import { familyKey } from '../profile/profile.ts';
import { hash32 } from '../support/hash.ts';

const PER_GROUP = 10;
const MAX_GROUPS = 1_000;

/**
 * A few whole calls of each target and status, in memory only: evidence is looked for in them after
 * the comparison. Bottom-k by the id's hash, so the same calls are kept whatever their order.
 */
export class CallSample {
  readonly #groups = new Map<string, { call: Call; target: Target; rank: number }[]>();

  readonly add = (call: Call, target: Target): void => {
    if (call.responseBody.state !== 'whole' && call.requestBody.state !== 'whole') return;
    const key = JSON.stringify([familyKey(target), target.segments, call.status ?? null]);
    let group = this.#groups.get(key);
    if (!group) {
      if (this.#groups.size >= MAX_GROUPS) return;
      group = [];
      this.#groups.set(key, group);
    }
    const rank = hash32(call.id);
    if (group.length === PER_GROUP && rank >= (group.at(-1)?.rank ?? 0)) return;
    group.push({ call, target, rank });
    group.sort((a, b) => a.rank - b.rank);
    if (group.length > PER_GROUP) group.pop();
  };

  *[Symbol.iterator](): Generator<{ readonly call: Call; readonly target: Target }> {
    for (const group of this.#groups.values()) yield* group;
  }
}
