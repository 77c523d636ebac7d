import type { FlowReading } from '../calls/flow.ts';
import type { Comparison } from '../compare/compare.ts';
import type { Names, Traffic } from './traffic.ts';

/** What somebody saw: where to begin, when known. Empty: look everywhere. */
export interface Symptom {
  /** As it was given. */
  readonly text?: string;
  /** Indices in `Names.workloads` and `Names.operations` that the symptom names. */
  readonly workloads: readonly number[];
  readonly operations: readonly number[];
  /** Words of it that were taken for times, workloads or kinds of trouble: what was understood. */
  readonly understood: readonly string[];
  /** `errors`, `latency` or both, where the words tell. */
  readonly trouble: 'errors' | 'latency' | 'any';
}

/** Something that happened beside the traffic: from the GitHub API, from Kubernetes, or given. */
export interface OutsideEvent {
  /** Unix ms. */
  readonly at: number;
  readonly kind: 'deployment' | 'configuration' | 'kubernetes' | 'note';
  /** Whose it was, where told; a workload's name when it names one. */
  readonly workload?: string;
  readonly summary: string;
  readonly url?: string;
}

/** All that the steps of an investigation look at; none changes it. */
export interface IncidentCase {
  readonly names: Names;
  /** The known-good traffic, and that of the incident. */
  readonly good: Traffic;
  readonly bad: Traffic;
  /** Both compared by the gate's own checks, over what is linked of them. */
  readonly comparison: Comparison;
  readonly symptom: Symptom;
  readonly events: readonly OutsideEvent[];
  /** L4 as the Hub counted it when the calls had been read. */
  readonly flows?: FlowReading;
}
