import type { IncidentCase } from './incident-case.ts';
import { troubledCalls } from './suspects/troubled.ts';
import { Ending, type Traffic } from './traffic.ts';
import { Trouble } from './trouble.ts';

/** Whether what counts as a rejection has a status that is none: its answer tells of an error. */
export function toldInAnswer({ ending, status }: Traffic, row: number): boolean {
  return ending[row] === Ending.rejected && /^[123]\d\d$/.test(status(row) ?? '200');
}

/**
 * Marks rejected calls (4xx) as failed where an operation rejects significantly more than it did: to
 * who asks it is the same. `trouble` is that of the incident, by row.
 */
export function withRejections(
  trouble: Uint8Array,
  { good, bad }: Pick<IncidentCase, 'good' | 'bad'>,
): Uint8Array {
  const risen = troubledCalls(good, bad);
  return trouble.map((kind, row) =>
    bad.ending[row] === Ending.rejected && (risen[row] as number) > 0 ? Trouble.failed : kind,
  );
}
