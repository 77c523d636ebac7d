import type { Progress } from '../support/progress.ts';
import type { AlertSeverity } from './alert-rule.ts';
import type { DetectorKind } from './detector.ts';
import type { ReadingOptions } from './measure/slot-reader.ts';
import type { MonitorSettings } from './settings.ts';
import type { Sink } from './sink.ts';
import type { SlotListener } from './slot-listener.ts';
import type { TrafficSource } from './traffic-source.ts';

/** What one scope of a monitor is, and what it works with. */
export interface ScopeOptions {
  readonly name: string;
  readonly dir: string;
  /** ms */
  readonly interval: number;
  /** Begin of the first slot where nothing is kept, Unix ms; else the last whole interval. */
  readonly start?: number | undefined;
  readonly settings: MonitorSettings;
  readonly kinds: readonly DetectorKind[];
  readonly source: TrafficSource;
  readonly sinks: readonly Sink[];
  readonly listeners: readonly SlotListener[];
  readonly reading: Omit<ReadingOptions, 'onCall'>;
  readonly snapshotOn: AlertSeverity | 'never';
  readonly notifyFrom: AlertSeverity;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}
