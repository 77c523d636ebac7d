import type { Json } from '../support/json.ts';
import type { SlotView } from './measure/slot-view.ts';
import { WEEK_MS } from './slot.ts';

const MAX_WORKLOADS = 5_000;
const MAX_REVISIONS = 8;
/** Rollouts of a workload that are remembered, and for how long. */
const MAX_ROLLOUTS = 32;
const FORGET_MS = WEEK_MS;

interface Seen {
  readonly revisions: readonly string[];
  /** When rollouts began, Unix ms, ascending. */
  readonly rollouts: readonly number[];
}

/** When rollouts of a workload began, also if it is the slot's at hand; Unix ms, ascending. */
export type RolloutsOf = (workload: string) => readonly number[];

/** When workloads were rolled out: a pod-template hash that was not seen before begins one. */
export class Rollouts {
  readonly #seen: Map<string, Seen>;

  constructor(kept?: Json) {
    this.#seen = new Map(Array.isArray(kept) ? kept.flatMap(readSeen) : []);
  }

  of({ revisions, slot }: Pick<SlotView, 'revisions' | 'slot'>): RolloutsOf {
    return (workload) => {
      const seen = this.#seen.get(workload);
      if (!seen) return [];
      const now = [...(revisions.get(workload) ?? [])];
      const isNew = now.some((revision) => !seen.revisions.includes(revision));
      return isNew ? [...seen.rollouts, slot.start] : seen.rollouts;
    };
  }

  learn(view: Pick<SlotView, 'revisions' | 'slot'>): void {
    const rolloutsOf = this.of(view);
    for (const [workload, revisions] of view.revisions) {
      const rollouts = rolloutsOf(workload)
        .filter((began) => began >= view.slot.start - FORGET_MS)
        .slice(-MAX_ROLLOUTS);
      const before = this.#seen.get(workload)?.revisions ?? [];
      const all = [...new Set([...before, ...[...revisions].sort()])].slice(-MAX_REVISIONS);
      if (this.#seen.has(workload) || this.#seen.size < MAX_WORKLOADS) {
        this.#seen.set(workload, { revisions: all, rollouts });
      }
    }
  }

  toJSON(): Json {
    return [...this.#seen]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([workload, { revisions, rollouts }]) => [workload, revisions, rollouts]);
  }
}

function readSeen(entry: Json): [string, Seen][] {
  const [workload, revisions, rollouts] = Array.isArray(entry) ? (entry as Json[]) : [];
  if (typeof workload !== 'string' || !Array.isArray(revisions)) return [];
  const known = revisions.filter((one) => typeof one === 'string');
  // Of before several were remembered, it is the last one.
  const began = (Array.isArray(rollouts) ? rollouts : [rollouts]).filter(
    (one) => typeof one === 'number',
  );
  return [[workload, { revisions: known, rollouts: began.slice(-MAX_ROLLOUTS) }]];
}
