export type AlertCategory =
  | 'errors'
  | 'latency'
  | 'traffic'
  | 'protocol'
  | 'network'
  | 'security'
  | 'monitor';

/** Worst first. */
export const ALERT_SEVERITIES = ['critical', 'warning', 'info'] as const;
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];

/** What is known of a kind of alert before any call: its documentation, and how it comes and goes. */
export interface AlertRule {
  /** Stable: `errors.burn-rate`. */
  readonly id: string;
  readonly category: AlertCategory;
  readonly severity: AlertSeverity;
  /** A short name for headings. */
  readonly title: string;
  /** What it means, in a sentence or two. */
  readonly meaning: string;
  /** By which method it is decided, with its source. */
  readonly method: string;
  /** In words: how soon after the onset it fires, for an interval of 5 minutes. */
  readonly within: string;
  /** Deviating slots in a row before it fires; at least 1. */
  readonly confirm: number;
  /** Quiet slots in a row before it is resolved; at least 1. */
  readonly clear: number;
  /** What to do about it, or how to accept it. */
  readonly remedy: string;
  /**
   * Whether it is what a caller suffers when a workload it calls misbehaves: such alerts are folded
   * under their cause.
   */
  readonly symptom: boolean;
  /** Ids of rules whose alerts about the same workload, and operation where both name one, come of it. */
  readonly explains?: readonly string[];
}

/** Whether a severity is at least as bad as another. */
export function isFrom(severity: AlertSeverity, from: AlertSeverity): boolean {
  return ALERT_SEVERITIES.indexOf(severity) <= ALERT_SEVERITIES.indexOf(from);
}
