import type { EvidenceCall } from '../calls/evidence.ts';
import type { AlertSeverity } from './alert-rule.ts';
import type { Subject } from './subject.ts';

/** What one detector sees in one slot: a deviation of one subject. Many make an alert. */
export interface Signal {
  /** Id of an AlertRule. */
  readonly rule: string;
  readonly subject: Subject;
  /** Where it is not the rule's own. */
  readonly severity?: AlertSeverity;
  /** What deviates and by how much, in one plain sentence with the numbers. */
  readonly summary: string;
  /** First moment that shows it, Unix ms. */
  readonly since: number;
  /** What was measured and what is normal, in `unit`; how far from normal is told by them. */
  readonly value: number;
  readonly expected: number | null;
  /** `ratio` (0…1), `ms`, `calls`, `calls/s`, `hosts`, `bytes`, … */
  readonly unit: string;
  /** Interval of the value or of what was expected, where it has one. */
  readonly interval?: { readonly low: number; readonly high: number; readonly level: number };
  /** Probability of as much by chance when nothing is wrong; 0 where no chance is involved. */
  readonly chance: number;
  /** Events (calls) that show it. */
  readonly events: number;
  readonly evidence: readonly EvidenceCall[];
  /** The calls in Kubeshark's filter language. */
  readonly kfl: string;
  /** What was checked, in words: how many calls, against what. */
  readonly checked: string;
}
