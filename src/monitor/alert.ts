import type { EvidenceCall } from '../calls/evidence.ts';
import type { AlertCategory, AlertSeverity } from './alert-rule.ts';
import type { Signal } from './signal.ts';
import type { Subject } from './subject.ts';

/** What is told under the alert that caused it. */
export interface Effect {
  readonly rule: string;
  readonly subject: Subject;
  readonly summary: string;
}

/** What `--json` prints, a line each time one begins to fire or is resolved. Public. */
export interface Alert {
  readonly schemaVersion: 1;
  /** The same from firing to resolved, and when it is sent again. */
  readonly id: string;
  readonly state: 'firing' | 'resolved';
  readonly rule: string;
  readonly category: AlertCategory;
  readonly severity: AlertSeverity;
  readonly scope: string;
  readonly subject: Subject;
  readonly summary: string;
  /** ISO 8601: first moment that shows it; when it fired; when it ended. */
  readonly since: string;
  readonly firedAt: string;
  readonly resolvedAt?: string;
  /** From since to the end, or so far, ms. */
  readonly duration: number;
  readonly value: number;
  readonly expected: number | null;
  readonly unit: string;
  readonly interval?: Signal['interval'];
  /** Probability of as much by chance. */
  readonly chance: number;
  readonly events: number;
  readonly evidence: readonly EvidenceCall[];
  readonly kfl: string;
  readonly checked: string;
  /** How much was learned then: `3.5 of 7 days`. */
  readonly learned: string;
  readonly effects: readonly Effect[];
  /** Snapshot that keeps the packets. */
  readonly snapshot?: string;
  /** Why it is not sent, where it is silenced. */
  readonly silenced?: string;
}
