import type { IncidentCase } from './incident-case.ts';
import type { Investigation } from './investigation.ts';

/** Where the known-good traffic came from, and the snapshot that holds the incident's packets. */
export interface Provenance {
  readonly origin: Investigation['knownGood']['origin'];
  readonly snapshot?: string;
}

/**
 * From what two times of traffic show to when it began, where, how it spread and why: a pure function
 * of the case. The steps, each in its folder: changes (`onset/`), failures followed down the call graph
 * (`failures/`), suspects ranked or none (`suspects/`), what contributed (`factors/`), and the account
 * of it (`account/`).
 */
export type Investigate = (given: IncidentCase, provenance: Provenance) => Investigation;
