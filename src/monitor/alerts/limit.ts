import { byCodeUnit } from '../../support/json.ts';
import { counted } from '../../support/quantity.ts';
import { ALERT_SEVERITIES } from '../alert-rule.ts';
import { HOUR_MS } from '../slot.ts';
import { alertId, deviationKey } from './alert-id.ts';
import type { BookContext } from './book-context.ts';
import type { BookState } from './book-state.ts';
import type { Incident } from './incident.ts';
import { FLOOD_RULE } from './monitor-rules.ts';
import { bySeverity } from './rank.ts';
import { silenceOf } from './silence.ts';

/**
 * Decides which of the alerts that fire are sent: not what is silenced, and not what is beyond the limit
 * of an hour. What is kept back is sent later if it still fires when there is room. Gives the ids of
 * those of which that is new.
 */
export function limit(state: BookState, context: BookContext): ReadonlySet<string> {
  const changed = new Set<string>();
  const now = context.slot.end + 1;
  const { maxAlertsAnHour: most } = context.settings;
  state.sent = state.sent.filter(([at]) => at > now - HOUR_MS);
  for (const incident of byWorst(state.incidents.values())) {
    if (incident.told || incident.resolvedAt !== undefined) continue;
    const { rule, signal } = incident;
    const weight = ALERT_SEVERITIES.indexOf(incident.severity);
    const workload = signal.subject.workload;
    let reason = silenceOf(context.settings, { rule, workload }, context.slot.end);
    if (reason === undefined && rule !== FLOOD_RULE.id) {
      if (state.sent.filter(([, other]) => other <= weight).length < most) {
        state.sent.push([now, weight]);
      } else {
        reason = beyondWords(most);
        if (incident.silenced !== reason) rise(state.beyond, 1, now);
      }
    }
    if (reason !== undefined && incident.silenced === reason) continue;
    incident.silenced = reason;
    incident.told = reason === undefined;
    changed.add(incident.id);
  }
  return changed;
}

/** Counts what is beyond the limit. */
export function rise(beyond: BookState['beyond'], by: number, now: number): void {
  if (by === 0) return;
  beyond.count += by;
  beyond.last = now;
}

/**
 * The one alert that stands for all beyond the limit: it begins, counts on, and ends when none is held back
 * any more, an hour after the last at the earliest.
 */
export function flood(state: BookState, context: BookContext, scope: string): string | undefined {
  const { count, last } = state.beyond;
  const now = context.slot.end + 1;
  const firing = [...state.incidents.values()].find(
    ({ rule, resolvedAt }) => rule === FLOOD_RULE.id && resolvedAt === undefined,
  );
  if (count === 0) return undefined;
  const held = beyondWords(context.settings.maxAlertsAnHour);
  const holds = [...state.incidents.values()].some(
    ({ silenced, resolvedAt }) => silenced === held && resolvedAt === undefined,
  );
  if (firing && !holds && now - last >= HOUR_MS) {
    state.beyond = { count: 0, last: 0 };
    return undefined;
  }
  const incident = firing ?? floodIncident(scope, last, context.learned);
  incident.signal = { ...incident.signal, ...inWords(count, context) };
  incident.shownUntil = now;
  state.incidents.set(incident.id, incident);
  return firing ? undefined : incident.id;
}

function beyondWords(most: number): string {
  return `more than ${most} alerts in an hour`;
}

function inWords(count: number, { settings }: BookContext) {
  const most = settings.maxAlertsAnHour;
  return {
    value: count,
    expected: most,
    events: count,
    summary: `${counted(count, 'alert')} beyond the ${most} that are sent in an hour`,
    checked: `at most ${most} alerts are sent in an hour; the status page shows all`,
  };
}

function floodIncident(scope: string, since: number, learned: string): Incident {
  const subject = { workload: scope };
  const { id: rule, category, severity } = FLOOD_RULE;
  const told = { summary: '', value: 0, expected: 0, events: 0, checked: '' };
  return {
    id: alertId(scope, rule, subject, since),
    lead: deviationKey(rule, subject),
    rule,
    category,
    signal: { rule, subject, since, unit: 'alerts', chance: 0, evidence: [], kfl: '', ...told },
    severity,
    since,
    firedAt: since,
    shownUntil: since,
    resolvedAt: undefined,
    endSeenAt: undefined,
    age: 0,
    returns: 0,
    learned,
    effects: new Map(),
    snapshot: undefined,
    silenced: undefined,
    told: false,
  };
}

/** The most severe first, then the oldest. */
export function byWorst(incidents: Iterable<Incident>): Incident[] {
  return [...incidents].sort(
    (a, b) =>
      bySeverity(a.severity, b.severity) ||
      a.since - b.since ||
      byCodeUnit(a.lead, b.lead) ||
      byCodeUnit(a.id, b.id),
  );
}
