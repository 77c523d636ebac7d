import type { AlertRule } from '../alert-rule.ts';
import { alertId } from './alert-id.ts';
import type { BookContext } from './book-context.ts';
import type { BookState } from './book-state.ts';
import type { Deviation } from './deviation.ts';
import type { Seen } from './deviations.ts';
import { findCauses, mayFire, ownTrouble } from './fold.ts';
import { Hosts } from './hosts.ts';
import { type Incident, MAX_EFFECTS } from './incident.ts';
import { worse } from './rank.ts';

/** Alerts kept at a time at most. */
const MAX_INCIDENTS = 500;

interface Candidate {
  readonly seen: Seen;
  readonly deviation: Deviation;
  readonly trouble: string | undefined;
}

/**
 * Gives every deviation that may fire its alert: that of its cause, that of the same workload, or a new
 * one. Gives the ids of alerts that began or changed, and how many found no room.
 */
export function assign(
  state: BookState,
  seen: readonly Seen[],
  rules: ReadonlyMap<string, AlertRule>,
  context: BookContext,
  scope: string,
): { readonly changed: ReadonlySet<string>; readonly lost: number } {
  const { slot } = context;
  const candidates: Candidate[] = [];
  for (const one of seen) {
    const deviation = state.deviations.get(one.key);
    if (deviation && mayFire(deviation, one, context)) {
      candidates.push({ seen: one, deviation, trouble: ownTrouble(one) });
    }
  }
  const changed = new Set<string>();
  let lost = 0;
  if (candidates.length === 0) return { changed, lost };
  const causeOf = findCauses(state, rules, context);
  const hosts = new Hosts(state, rules, slot.end - slot.start + 1);

  const join = (incident: Incident, { seen: { signal, rule }, deviation }: Candidate) => {
    deviation.alert = incident.id;
    if (incident.effects.size < MAX_EFFECTS) {
      const { subject, summary } = signal;
      incident.effects.set(deviation.key, { rule: rule.id, subject, summary });
    }
    const severity = worse(incident.severity, deviation.severity);
    if (severity === incident.severity || incident.resolvedAt !== undefined) return;
    incident.severity = severity;
    changed.add(incident.id);
  };
  const begin = (candidate: Candidate) => {
    const host = hosts.returning(candidate.deviation, candidate.seen);
    if (host) {
      comeBack(host, candidate, context);
      changed.add(host.id);
      return;
    }
    const known =
      hosts.here(candidate.deviation, candidate.seen) ??
      (candidate.seen.category === 'protocol' ? hosts.ofErrors(candidate.deviation) : undefined);
    if (known) {
      join(known, candidate);
      return;
    }
    const effect = candidate.trouble && hosts.causedBy(candidate.trouble, causeOf);
    if (effect) {
      takeLead(effect, candidate);
      changed.add(effect.id);
    } else if (state.incidents.size < MAX_INCIDENTS) {
      const incident = incidentOf(candidate, context, scope);
      state.incidents.set(incident.id, incident);
      changed.add(incident.id);
    } else lost++;
  };

  const cause = ({ trouble, seen: { category } }: Candidate) =>
    trouble ? causeOf(trouble, category) : undefined;
  const [caused, own] = split(candidates, (candidate) => cause(candidate) !== undefined);
  // Broken messages may come of errors that come from elsewhere: they are looked at last.
  const [messages, others] = split(own, ({ seen: { category } }) => category === 'protocol');
  for (const candidate of others) begin(candidate);
  for (const candidate of caused) {
    const { deviation } = candidate;
    const host = hosts.of(cause(candidate) as string, deviation);
    if (host) join(host, candidate);
    else if (deviation.held) begin(candidate);
    else deviation.held = true;
  }
  for (const candidate of messages) begin(candidate);
  return { changed, lost };
}

function incidentOf({ seen, deviation }: Candidate, context: BookContext, scope: string): Incident {
  const { rule, signal } = seen;
  const id = alertId(scope, rule.id, signal.subject, deviation.since);
  deviation.alert = id;
  return {
    id,
    lead: deviation.key,
    rule: rule.id,
    category: rule.category,
    signal,
    severity: deviation.severity,
    since: deviation.since,
    firedAt: context.slot.end + 1,
    shownUntil: context.slot.end + 1,
    resolvedAt: undefined,
    endSeenAt: undefined,
    age: 0,
    returns: 0,
    learned: context.learned,
    effects: new Map(),
    snapshot: undefined,
    silenced: undefined,
    told: false,
  };
}

/** It goes on: the same alert, which is given more time the next time it seems to end. */
function comeBack(incident: Incident, { seen, deviation }: Candidate, { slot }: BookContext): void {
  incident.lead = deviation.key;
  incident.signal = seen.signal;
  incident.severity = worse(incident.severity, deviation.severity);
  incident.shownUntil = slot.end + 1;
  incident.resolvedAt = undefined;
  incident.endSeenAt = undefined;
  incident.age = 0;
  incident.returns++;
  incident.silenced = undefined;
  incident.effects.delete(deviation.key);
  deviation.alert = incident.id;
}

/** What began as the alert of an effect becomes that of its cause. */
function takeLead(incident: Incident, { seen, deviation }: Candidate): void {
  const { rule, signal } = incident;
  incident.effects.set(incident.lead, { rule, subject: signal.subject, summary: signal.summary });
  incident.effects.delete(deviation.key);
  incident.lead = deviation.key;
  incident.rule = seen.rule.id;
  incident.category = seen.rule.category;
  incident.signal = seen.signal;
  incident.since = Math.min(incident.since, deviation.since);
  incident.severity = worse(incident.severity, deviation.severity);
  deviation.alert = incident.id;
}

function split<T>(items: readonly T[], first: (item: T) => boolean): [T[], T[]] {
  return [items.filter(first), items.filter((item) => !first(item))];
}
