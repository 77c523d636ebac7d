/** A share of calls that may fail: `objective` 0.999 allows one in a thousand. */
export interface Slo {
  /** Workloads by name; a star is any text. */
  readonly workload: string;
  readonly objective: number;
}

/** Fixed limits that a person set, beside what was learned. */
export interface Limits {
  /** Share of failed calls, 0…1. */
  readonly errorShare?: number;
  /** P95, ms. */
  readonly latency?: number;
}

/** When alerts that fit are kept to themselves: they are logged, not sent. */
export interface Silence {
  /** Rule ids, workloads: a star is any text; absent fits any. */
  readonly rule?: string;
  readonly workload?: string;
  /** Unix ms; absent: without begin or end. */
  readonly from?: number;
  readonly to?: number;
  /** Every day between these minutes of the day, UTC. */
  readonly daily?: { readonly from: number; readonly to: number };
  readonly reason: string;
}

/** What a monitor is told besides where the calls come from. */
export interface MonitorSettings {
  readonly slos: readonly Slo[];
  readonly limits: Limits;
  readonly silences: readonly Silence[];
  /** Rules that are off; a star is any text. */
  readonly off: readonly string[];
  /** How long after a rollout of a workload its symptoms wait, ms. */
  readonly rolloutGrace: number;
  /** Calls, at least, before a share or a percentile is judged. */
  readonly minEvents: number;
  /** Hosts outside that may be called, also in plain text; a star is any text. */
  readonly trustedHosts: readonly string[];
  /** The workloads of a scope that holds the calls from and to these alone. */
  readonly watched?: readonly string[];
  /** Alerts sent in an hour at most, a scope; the rest is counted in one. */
  readonly maxAlertsAnHour: number;
}

export const USUAL_SETTINGS: MonitorSettings = {
  slos: [{ workload: '*', objective: 0.999 }],
  limits: {},
  silences: [],
  off: [],
  rolloutGrace: 600_000,
  minEvents: 20,
  trustedHosts: [],
  maxAlertsAnHour: 30,
};
