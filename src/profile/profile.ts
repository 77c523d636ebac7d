import type { Call } from '../calls/call.ts';
import type { Family, Target } from '../calls/target.ts';
import { CaptureStats } from './capture-stats.ts';
import { decodeCall } from './decoded-call.ts';
import { Families, type FamilyProfile } from './families.ts';
import { EdgeTotals } from './fanout-edges.ts';
import type { OperationStats } from './operation-stats.ts';
import { saidIn } from './said.ts';
import { TimeGrid } from './time-cells.ts';

export { type FamilyProfile, familyKey } from './families.ts';

/**
 * The mergeable summary of a capture: what `baseline` stores. Holds shapes, counts and sketches, no
 * payload values. `merge` is associative and commutative to the byte of the encoded form.
 */
export class Profile {
  readonly capture = new CaptureStats();
  /** Calls that no handled call is known to have caused. */
  readonly background = new EdgeTotals();
  readonly grid: TimeGrid;
  readonly #families: Families;
  #told = false;

  /** `families`: so many are told apart. */
  constructor(grid: TimeGrid = new TimeGrid(), families?: number) {
    this.grid = grid;
    this.#families = new Families(families);
  }

  /** In code-unit order of their keys. */
  get families(): readonly FamilyProfile[] {
    return this.#families.all;
  }

  /** Counts one call; its fan-out is added later through the stats returned by `operation`. */
  observe(
    call: Call,
    target: Target,
    decoded = decodeCall(call),
    said = saidIn(call, decoded),
  ): void {
    this.capture.observe(call);
    this.#coarsen(this.grid.add(call.ts));
    this.operation(target).observe(call, this.grid.slotOf(call.ts), decoded, said);
  }

  operation(target: Target): OperationStats {
    return this.at(target, target.segments);
  }

  /** What is kept of an operation; too many families are one, which the capture's health tells. */
  at(family: Family, segments: readonly string[]): OperationStats {
    const stats = this.#families.operation(family, segments);
    this.#tellOverflow();
    return stats;
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
    this.#families.merge(other.#families);
    this.#tellOverflow();
  }

  #tellOverflow(): void {
    if (!this.#families.overflowed || this.#told) return;
    this.#told = true;
    this.capture.addProblem({
      code: 'incomplete',
      message:
        'it holds more kinds of operations than are told apart; the others are counted as one, and not judged',
    });
  }

  #coarsen(levels: number): void {
    if (levels === 0) return;
    for (const { operations } of this.#families.all) {
      for (const [, stats] of operations.leaves()) stats.coarsen(levels);
    }
  }
}
