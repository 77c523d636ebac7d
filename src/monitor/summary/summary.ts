import type { AlertCategory, AlertSeverity } from '../alert-rule.ts';
import type { Subject } from '../subject.ts';

/** Serves calls; bytes are those of the messages, as L7 counts them. */
export interface ServedShare {
  readonly workload: string;
  readonly calls: number;
  readonly failures: number;
  readonly bytes: number;
}

export interface CallerShare {
  readonly workload: string;
  readonly calls: number;
  readonly failures: number;
}

/** Bytes and connections between two workloads, as L4 counts them. */
export interface FlowShare {
  readonly client: string;
  readonly server: string;
  readonly port: number | null;
  readonly outside: boolean;
  readonly bytes: number;
  readonly connections: number;
}

export interface ErrorShare {
  readonly operation: string;
  readonly calls: number;
  readonly failures: number;
  readonly share: number;
  /** Interval of the share at 95 % (Wilson 1927). */
  readonly low: number;
  readonly high: number;
  /** Learned share at this time of the week; null: not known. */
  readonly usual: number | null;
}

export interface SlowOperation {
  readonly operation: string;
  readonly calls: number;
  /** ms, of calls that did not fail. */
  readonly p95: number;
  readonly usual: number | null;
}

/** An alert in one line; `--json` of the alert itself has its evidence. */
export interface AlertLine {
  readonly id: string;
  readonly rule: string;
  readonly category: AlertCategory;
  readonly severity: AlertSeverity;
  readonly subject: Subject;
  readonly summary: string;
  readonly since: string;
  readonly resolvedAt?: string;
  /** ms */
  readonly duration: number;
  readonly silenced?: string;
}

/** A list cut to its first entries. */
export interface Listed<T> {
  readonly list: readonly T[];
  readonly leftOut: number;
}

export interface SummaryProblem {
  readonly code: string;
  readonly message: string;
  /** Slots that had it. */
  readonly slots: number;
}

/** What one scope did in one period. Public. */
export interface Summary {
  readonly schemaVersion: 1;
  readonly kind: 'summary';
  readonly scope: string;
  /** ISO 8601, aligned on the period; the end is the first moment after it. */
  readonly start: string;
  readonly end: string;
  /** Of the period, how much was looked at, s. */
  readonly observedSeconds: number;
  readonly calls: number;
  readonly callsPerSecond: number;
  /** Server's faults and unanswered calls; the interval is at 95 %. */
  readonly errors: {
    readonly failures: number;
    readonly rejections: number;
    readonly share: number;
    readonly low: number;
    readonly high: number;
  };
  readonly talkers: {
    readonly callersByCalls: Listed<CallerShare>;
    readonly workloadsByCalls: Listed<ServedShare>;
    readonly workloadsByBytes: Listed<ServedShare>;
    /** Null: L4 flows were not seen twice. */
    readonly flowsByBytes: Listed<FlowShare> | null;
  };
  readonly worstErrorShares: Listed<ErrorShare>;
  readonly slowest: Listed<SlowOperation>;
  readonly firing: Listed<AlertLine>;
  readonly began: Listed<AlertLine>;
  readonly ended: Listed<AlertLine>;
  /** What began, by category. */
  readonly anomalies: Readonly<Partial<Record<AlertCategory, number>>>;
  readonly problems: readonly SummaryProblem[];
  /** Times when the Hub could not be asked, ISO 8601. */
  readonly blind: readonly { readonly since: string; readonly reason: string }[];
  /** `3.5 of 7 days`. */
  readonly learned: string;
  readonly days: number;
  /** Operations past the bound of what is told apart: their calls are counted in `calls` alone. */
  readonly operationsNotToldApart: number;
}
