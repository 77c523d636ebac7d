import type { Json } from '../support/json.ts';
import type { SlotView } from './measure/slot-view.ts';

const MAX_WORKLOADS = 5_000;
const MAX_REVISIONS = 8;

interface Seen {
  readonly revisions: readonly string[];
  /** When the last rollout began, Unix ms. */
  readonly rollout: number | null;
}

/** When workloads were rolled out: a pod-template hash that was not seen before begins one. */
export class Rollouts {
  readonly #seen: Map<string, Seen>;

  constructor(kept?: Json) {
    this.#seen = new Map(Array.isArray(kept) ? kept.flatMap(readSeen) : []);
  }

  /** Begin of the last rollout of a workload, also if it is this slot's; Unix ms. */
  last(workload: string, { revisions, slot }: SlotView): number | undefined {
    const seen = this.#seen.get(workload);
    const now = [...(revisions.get(workload) ?? [])];
    const isNew = seen && now.some((revision) => !seen.revisions.includes(revision));
    return isNew ? slot.start : (seen?.rollout ?? undefined);
  }

  learn(view: SlotView): void {
    for (const [workload, revisions] of view.revisions) {
      const rollout = this.last(workload, view) ?? null;
      const before = this.#seen.get(workload)?.revisions ?? [];
      const all = [...new Set([...before, ...[...revisions].sort()])].slice(-MAX_REVISIONS);
      if (this.#seen.has(workload) || this.#seen.size < MAX_WORKLOADS) {
        this.#seen.set(workload, { revisions: all, rollout });
      }
    }
  }

  toJSON(): Json {
    return [...this.#seen]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([workload, { revisions, rollout }]) => [workload, revisions, rollout]);
  }
}

function readSeen(entry: Json): [string, Seen][] {
  const [workload, revisions, rollout] = Array.isArray(entry) ? (entry as Json[]) : [];
  if (typeof workload !== 'string' || !Array.isArray(revisions)) return [];
  const known = revisions.filter((one) => typeof one === 'string');
  return [[workload, { revisions: known, rollout: typeof rollout === 'number' ? rollout : null }]];
}
