import type { Incident } from '../../../demo/incidents/incident.ts';

/** What is known of one capture of an incident: `labels.json` lists them. */
export interface Truth {
  readonly name: string;
  readonly story: string;
  readonly symptom?: string;
  /** The first origin; null where there is none. */
  readonly service: string | null;
  readonly operation?: string;
  /** As an investigation names it; null where nothing is wrong. */
  readonly kind: string | null;
  /** Unix ms from which it can be felt; null where nothing happens. */
  readonly onset: number | null;
  readonly origins: readonly (Incident['origins'][number] & { readonly onset: number })[];
  readonly cascade: Incident['cascade'];
  readonly unseen: Incident['cascade'];
  /** P95 of the health checks, ms: how much time the machine had. */
  readonly lag: number;
}

/** The truth of a run of an incident that began at `onsets`. */
export function truthOf(incident: Incident, onsets: readonly number[], lag: number): Truth {
  const [first] = incident.origins;
  const surged = (incident.surge ?? 1) > 2;
  return {
    name: incident.name,
    story: incident.story,
    ...(incident.symptom !== undefined && { symptom: incident.symptom }),
    service: first?.service ?? null,
    ...(first?.operation !== undefined && { operation: first.operation }),
    kind: first?.kinds[0] ?? (surged ? 'load' : null),
    onset: first || surged ? Math.min(...onsets) : null,
    origins: incident.origins.map((origin, at) => ({ ...origin, onset: onsets[at] ?? 0 })),
    cascade: incident.cascade,
    unseen: incident.unseen ?? [],
    lag,
  };
}
