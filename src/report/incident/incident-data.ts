import type { Investigation } from '../../incident/investigation.ts';

/** What the page of an investigation holds: the JSON that `--json` prints, cut where it would be too large. */
export interface IncidentPageData {
  readonly investigation: Investigation;
  /** Beside UTC. */
  readonly timeZone: string | null;
  /** Items of its lists, and calls of evidence, that the page leaves out for its size. */
  readonly leftOut: number;
}
