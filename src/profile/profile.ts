import type { Call } from '../calls/call.ts';
import type { Family, Target } from '../calls/target.ts';
import { sortedEntries } from '../support/json.ts';
import { CaptureStats } from './capture-stats.ts';
import { EdgeTotals } from './fanout-edges.ts';
import { type OperationStats, operationStats } from './operation-stats.ts';
import { PathTrie } from './path-trie.ts';
import { TimeGrid } from './time-cells.ts';

export interface FamilyProfile {
  readonly family: Family;
  readonly operations: PathTrie<OperationStats>;
}

/**
 * The mergeable summary of a capture: what `baseline` stores. Holds shapes, counts and sketches, no
 * payload values. `merge` is associative and commutative to the byte of the encoded form.
 */
export class Profile {
  readonly capture = new CaptureStats();
  /** Calls that no handled call is known to have caused. */
  readonly background = new EdgeTotals();
  readonly grid: TimeGrid;
  readonly #families = new Map<string, FamilyProfile>();
  /** The same by workload: a few each, which are looked through faster than a key is made. */
  readonly #byWorkload = new Map<string, FamilyProfile[]>();

  constructor(grid: TimeGrid = new TimeGrid()) {
    this.grid = grid;
  }

  /** In code-unit order of their keys. */
  get families(): readonly FamilyProfile[] {
    return sortedEntries(this.#families).map(([, family]) => family);
  }

  /** Counts one call; its fan-out is added later through the stats returned by `operation`. */
  observe(call: Call, target: Target): void {
    this.capture.observe(call);
    this.#coarsen(this.grid.add(call.ts));
    this.operation(target).observe(call, this.grid.slotOf(call.ts));
  }

  operation(target: Target): OperationStats {
    return this.family(target).operations.at(target.segments);
  }

  family(family: Family): FamilyProfile {
    const { workload, protocol, method, separator, mutation } = family;
    let near = this.#byWorkload.get(workload);
    if (!near) {
      near = [];
      this.#byWorkload.set(workload, near);
    }
    let found = near.find(
      ({ family: known }) =>
        known.method === method &&
        known.protocol === protocol &&
        known.separator === separator &&
        known.mutation === mutation,
    );
    if (!found) {
      found = {
        family: { workload, protocol, method, separator, mutation },
        operations: new PathTrie(operationStats),
      };
      near.push(found);
      this.#families.set(familyKey(family), found);
    }
    return found;
  }

  /** Adds `other`, whose parts may be taken over: don't use it afterwards. */
  merge(other: Profile): void {
    this.capture.merge(other.capture);
    this.background.merge(other.background);
    const level = Math.max(this.grid.level, other.grid.level);
    this.#coarsen(this.grid.coarsenTo(level));
    other.#coarsen(other.grid.coarsenTo(level));
    const further = this.grid.addSlots(other.grid.slots);
    this.#coarsen(further);
    other.#coarsen(further);
    for (const { family, operations } of other.#families.values()) {
      this.family(family).operations.merge(operations);
    }
  }

  #coarsen(levels: number): void {
    if (levels === 0) return;
    for (const { operations } of this.#families.values()) {
      for (const [, stats] of operations.leaves()) stats.coarsen(levels);
    }
  }
}

export function familyKey(family: Family): string {
  return JSON.stringify([
    family.workload,
    family.protocol,
    family.method,
    family.separator,
    family.mutation,
  ]);
}
