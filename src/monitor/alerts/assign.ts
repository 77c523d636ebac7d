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
  const candidates = seen.flatMap((one): Candidate[] => {
    const deviation = state.deviations.get(one.key);
    return deviation && mayFire(deviation, one, context)
      ? [{ seen: one, deviation, trouble: ownTrouble(one) }]
      : [];
  });
  if (candidates.length === 0) return { changed: new Set(), lost: 0 };
  const assignment = new Assignment(state, rules, context, scope);
  const [caused, own] = split(
    candidates,
    (candidate) => assignment.causeOf(candidate) !== undefined,
  );
  // Broken messages may come of errors that come from elsewhere: they are looked at last.
  const [messages, others] = split(own, ({ seen: { category } }) => category === 'protocol');
  for (const candidate of others) assignment.begin(candidate);
  for (const candidate of caused) assignment.follow(candidate);
  for (const candidate of messages) assignment.begin(candidate);
  return assignment;
}

/** What one slot's deviations become. */
class Assignment {
  readonly changed = new Set<string>();
  lost = 0;
  readonly #state: BookState;
  readonly #context: BookContext;
  readonly #scope: string;
  readonly #causeOf: ReturnType<typeof findCauses>;
  readonly #hosts: Hosts;

  constructor(
    state: BookState,
    rules: ReadonlyMap<string, AlertRule>,
    context: BookContext,
    scope: string,
  ) {
    const { start, end } = context.slot;
    this.#state = state;
    this.#context = context;
    this.#scope = scope;
    this.#causeOf = findCauses(state, rules, context);
    this.#hosts = new Hosts(state, rules, end - start + 1);
  }

  /** The workload that a deviation's trouble comes from, if another's. */
  causeOf({ trouble, seen: { category } }: Candidate): string | undefined {
    return trouble ? this.#causeOf(trouble, category) : undefined;
  }

  /** To the alert of its cause; one that has none yet is waited for a slot long. */
  follow(candidate: Candidate): void {
    const { deviation } = candidate;
    const host = this.#hosts.of(this.causeOf(candidate) as string, deviation);
    if (host) this.#join(host, candidate);
    else if (deviation.held) this.begin(candidate);
    else deviation.held = true;
  }

  /** To the alert that goes on with it, is of the same workload or follows from it; else a new one. */
  begin(candidate: Candidate): void {
    const { deviation, seen, trouble } = candidate;
    const host = this.#hosts.returning(deviation, seen);
    if (host) {
      comeBack(host, candidate, this.#context);
      this.changed.add(host.id);
      return;
    }
    const known =
      this.#hosts.here(deviation, seen) ??
      (seen.category === 'protocol' ? this.#hosts.ofErrors(deviation) : undefined);
    if (known) {
      this.#join(known, candidate);
      return;
    }
    const effect = trouble && this.#hosts.causedBy(trouble, this.#causeOf);
    if (effect) {
      takeLead(effect, candidate);
      this.changed.add(effect.id);
    } else if (this.#state.incidents.size < MAX_INCIDENTS) {
      const incident = incidentOf(candidate, this.#context, this.#scope);
      this.#state.incidents.set(incident.id, incident);
      this.changed.add(incident.id);
    } else this.lost++;
  }

  #join(incident: Incident, { seen: { signal, rule }, deviation }: Candidate): void {
    deviation.alert = incident.id;
    if (incident.effects.size < MAX_EFFECTS) {
      const { subject, summary } = signal;
      incident.effects.set(deviation.key, { rule: rule.id, subject, summary });
    }
    const severity = worse(incident.severity, deviation.severity);
    if (severity === incident.severity || incident.resolvedAt !== undefined) return;
    incident.severity = severity;
    this.changed.add(incident.id);
  }
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
