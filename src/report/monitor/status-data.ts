import type { CaptureProblem } from '../../calls/observation.ts';
import type { Alert } from '../../monitor/alert.ts';

/** How it goes with one receiver of alerts. */
export interface SinkState {
  readonly name: string;
  /** Alerts that it has not taken yet. */
  readonly waiting: number;
  /** Why it does not take them, and since when (ISO 8601); null while it does. */
  readonly failing: { readonly since: string; readonly reason: string } | null;
}

export interface WorkloadStatus {
  readonly workload: string;
  readonly callsPerSecond: number;
  /** Share of failed calls; null without calls. */
  readonly errorShare: number | null;
  /** ms; null: too few calls. */
  readonly p95: number | null;
  readonly usualP95: number | null;
  /** Calls per second in each step, the newest last; null: not looked at. */
  readonly trend: readonly (number | null)[];
}

/** What the page shows of one scope. */
export interface ScopeStatus {
  readonly scope: string;
  /** The last slot that was judged, ISO 8601. */
  readonly start: string;
  readonly end: string;
  /** When it was judged, ISO 8601. */
  readonly judgedAt: string;
  /** ms */
  readonly interval: number;
  readonly callsPerSecond: number;
  readonly learned: string;
  /** Days learned, 0…7. */
  readonly days: number;
  readonly problems: readonly CaptureProblem[];
  readonly firing: readonly Alert[];
  readonly firingLeftOut: number;
  /** Those of the last 24 hours, the latest first. */
  readonly resolved: readonly Alert[];
  readonly resolvedLeftOut: number;
  readonly workloads: readonly WorkloadStatus[];
  readonly workloadsLeftOut: number;
  /** ms from one point of a trend to the next. */
  readonly trendStep: number;
}

export interface BlindScope {
  readonly scope: string;
  readonly since: string;
  readonly reason: string;
}

/** What the status page holds, and /status.json gives. */
export interface StatusData {
  readonly schemaVersion: 1;
  readonly kind: 'status';
  readonly version: string;
  /** In code-unit order; empty before the first slot. */
  readonly scopes: readonly ScopeStatus[];
  readonly scopesLeftOut: number;
  /** Scopes of which the Hub can't be asked now. */
  readonly blind: readonly BlindScope[];
  readonly sinks: readonly SinkState[];
}
