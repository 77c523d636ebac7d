import type { Deviation } from './deviation.ts';
import type { Incident } from './incident.ts';
import type { Beginnings } from './recurrence.ts';

/** Everything that a book remembers. */
export interface BookState {
  /** End of the last slot that was taken, Unix ms. */
  taken: number;
  readonly deviations: Map<string, Deviation>;
  readonly beginnings: Beginnings;
  readonly incidents: Map<string, Incident>;
  /** Alerts given out in the last hour: when (Unix ms), and how severe (0 is critical). */
  sent: [at: number, severity: number][];
  /** What was beyond the limit since the flood began; when it last rose. */
  beyond: { count: number; last: number };
}
