import type { Alert, Effect } from '../alert.ts';
import type { AlertCategory, AlertSeverity } from '../alert-rule.ts';
import type { Signal } from '../signal.ts';

/** Effects that an alert lists at most. */
export const MAX_EFFECTS = 50;
export const MAX_EVIDENCE = 10;

/** One alert as the book keeps it, from firing until it is forgotten. */
export interface Incident {
  readonly id: string;
  /** Key of the deviation that leads, its rule, and its last signal. */
  lead: string;
  rule: string;
  category: AlertCategory;
  signal: Signal;
  /** The worst of its deviations so far. */
  severity: AlertSeverity;
  /** Unix ms. */
  since: number;
  firedAt: number;
  /** End of the last slot that showed it. */
  shownUntil: number;
  /** When it ended; undefined while it fires. */
  resolvedAt: number | undefined;
  /** When that was seen. */
  endSeenAt: number | undefined;
  /** Slots that told something since it fired, or since it was resolved. */
  age: number;
  /** How often it was resolved and came back. */
  returns: number;
  learned: string;
  /** By key of the deviation. */
  readonly effects: Map<string, Effect>;
  snapshot: string | undefined;
  /** Why it is not sent; undefined where it is. */
  silenced: string | undefined;
  /** Whether it was given out as firing, to be sent, and not yet as resolved. */
  told: boolean;
}

/** What is shown last, with the calls that showed it before where it has few of its own. */
export function withEvidence(signal: Signal, before: Signal['evidence']): Signal {
  if (signal.evidence.length >= MAX_EVIDENCE || before.length === 0) return signal;
  const known = new Set(signal.evidence.map(evidenceKey));
  const older = before.filter((call) => !known.has(evidenceKey(call)));
  return { ...signal, evidence: [...signal.evidence, ...older].slice(0, MAX_EVIDENCE) };
}

function evidenceKey({ callId, node }: Signal['evidence'][number]): string {
  return JSON.stringify([node ?? null, callId]);
}

/** The public form, as of `now` (Unix ms). */
export function alertOf(incident: Incident, scope: string, now: number): Alert {
  const { id, rule, category, signal, since, resolvedAt, snapshot, silenced } = incident;
  const { subject, summary, value, expected, unit, interval, chance, events } = signal;
  return {
    schemaVersion: 1,
    id,
    state: resolvedAt === undefined ? 'firing' : 'resolved',
    rule,
    category,
    severity: incident.severity,
    scope,
    subject,
    summary,
    since: iso(since),
    firedAt: iso(incident.firedAt),
    ...(resolvedAt !== undefined && { resolvedAt: iso(resolvedAt) }),
    duration: Math.max(0, (resolvedAt ?? now) - since),
    value,
    expected,
    unit,
    ...(interval && { interval }),
    chance,
    events,
    evidence: signal.evidence.slice(0, MAX_EVIDENCE),
    kfl: signal.kfl,
    checked: signal.checked,
    learned: incident.learned,
    effects: [...incident.effects.values()],
    ...(snapshot !== undefined && { snapshot }),
    ...(silenced !== undefined && { silenced }),
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
