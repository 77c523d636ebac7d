import type { MonitorSettings } from '../settings.ts';
import type { Slot } from '../slot.ts';

/** What is known of a slot besides its signals. */
export interface BookContext {
  readonly slot: Slot;
  /** False where the slot's capture has problems: it confirms nothing that rests on absence, and clears nothing. */
  readonly complete: boolean;
  /** Workloads that a workload called lately. */
  readonly callees: (workload: string) => ReadonlySet<string>;
  /** When the last rollout of a workload was seen to begin, Unix ms. */
  readonly rollout: (workload: string) => number | undefined;
  readonly learned: string;
  readonly settings: MonitorSettings;
}
