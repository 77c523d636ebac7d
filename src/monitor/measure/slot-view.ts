import type { EvidenceCall } from '../../calls/evidence.ts';
import type { FlowReading } from '../../calls/flow.ts';
import type { CaptureProblem } from '../../calls/observation.ts';
import type { Profile } from '../../profile/profile.ts';
import type { Slot } from '../slot.ts';
import type { OperationMeasure } from './operation-measure.ts';

/** Calls that show what an operation did in a slot; a few of each, redacted. */
export interface Shown {
  readonly failed: readonly EvidenceCall[];
  /** Those whose bodies tell of an error. */
  readonly told: readonly EvidenceCall[];
  readonly slowest: readonly EvidenceCall[];
  /** Any, first by caller: shows an edge. */
  readonly byCaller: ReadonlyMap<string, readonly EvidenceCall[]>;
}

/** What one slot showed. */
export interface SlotView {
  readonly slot: Slot;
  readonly calls: number;
  /** Of them those of operations beyond as many as are measured in a slot. */
  readonly unmeasured?: number;
  /** By plain form, in code-unit order. */
  readonly operations: ReadonlyMap<string, OperationMeasure>;
  readonly shown: (operation: string) => Shown;
  /** Shapes, headers and statuses, without fan-outs: the slot's contribution to the contract. */
  readonly profile: Profile;
  /** Pod-template hashes of the serving pods, by workload: a new one is a rollout. */
  readonly revisions: ReadonlyMap<string, ReadonlySet<string>>;
  /** The services that pods serve as, by their owner, where it has another name: callers bear the owner's. */
  readonly servesAs?: ReadonlyMap<string, string>;
  readonly flows: FlowReading | undefined;
  /** What makes the capture less than whole. Where there are any, less traffic proves nothing. */
  readonly problems: readonly CaptureProblem[];
}

/** Where so many calls fail, their number is no sign of how many are wanted. */
const FAILING = 0.1;

/** Whether many of the calls fail, of all or of what one workload serves. */
export function isFailing(
  { operations }: Pick<SlotView, 'operations'>,
  workload?: string,
): boolean {
  let [calls, failures] = [0, 0];
  for (const measure of operations.values()) {
    if (workload !== undefined && measure.name.workload !== workload) continue;
    calls += measure.calls;
    failures += measure.failures;
  }
  return failures > FAILING * calls;
}
