import type { IncidentCase } from '../incident-case.ts';
import type { Factor } from '../investigation.ts';

/** What happened longer ago (ms) than this before the trouble is not told as a factor. */
const NEAR_MS = 2 * 3_600_000;

/** Deployments, changes of configuration and events of Kubernetes that were given, near before the trouble. */
export function eventFactors({ events, bad }: IncidentCase, onset = bad.start): Factor[] {
  return events.flatMap(({ at, kind, workload, summary, url }): Factor[] =>
    kind === 'note' || at < onset - NEAR_MS
      ? []
      : [{ kind, at, summary, ...(workload !== undefined && { workload }), ...(url && { url }) }],
  );
}
