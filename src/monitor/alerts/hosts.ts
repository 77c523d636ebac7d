import { byCodeUnit } from '../../support/json.ts';
import type { AlertRule } from '../alert-rule.ts';
import type { BookState } from './book-state.ts';
import { troubleKey, troubleOf } from './causes.ts';
import type { Deviation } from './deviation.ts';
import type { Seen } from './deviations.ts';
import type { CauseOf } from './fold.ts';
import type { Incident } from './incident.ts';
import { bySeverity } from './rank.ts';
import { together } from './together.ts';

/** Slots after an alert began, or was seen to end, in which what begins belongs to it. */
const ONSET_SLOTS = 2;

/** Finds the alert that a deviation belongs to. */
export class Hosts {
  readonly #state: BookState;
  readonly #rules: ReadonlyMap<string, AlertRule>;
  readonly #onset: number;

  /** `interval` in ms. */
  constructor(state: BookState, rules: ReadonlyMap<string, AlertRule>, interval: number) {
    this.#state = state;
    this.#rules = rules;
    this.#onset = ONSET_SLOTS * interval;
  }

  /** An alert of the same workload that fires, or of which this is a late effect. */
  here(deviation: Deviation, { rule }: Seen): Incident | undefined {
    return this.#oldest((incident) => {
      const lead = this.#rules.get(incident.rule);
      if (!lead || !this.#sameCause(incident, lead, deviation, rule)) return false;
      if (!rule.symptom && incident.resolvedAt !== undefined) return false;
      if (this.#began(incident, deviation)) return true;
      if (!rule.symptom || incident.resolvedAt !== undefined) return false;
      return incident.category === rule.category || isNoWorse(deviation, incident);
    });
  }

  /** An alert that was resolved a short while ago and of which this is the return. */
  returning(deviation: Deviation, { rule }: Seen): Incident | undefined {
    return this.#oldest(
      (incident) =>
        incident.resolvedAt !== undefined &&
        incident.rule === rule.id &&
        this.#sameCause(incident, rule, deviation, rule),
    );
  }

  /** The alert under which the workload's errors are told that began with this: broken messages come of errors. */
  ofErrors({ subject, first }: Deviation): Incident | undefined {
    const ids = new Set<string | undefined>();
    for (const one of this.#state.deviations.values()) {
      const isError = this.#rules.get(one.rule)?.category === 'errors';
      if (!isError || one.subject.workload !== subject.workload) continue;
      if (Math.abs(one.first - first) <= this.#onset) ids.add(one.alert);
    }
    return this.#oldest(({ id, resolvedAt }) => resolvedAt === undefined && ids.has(id));
  }

  /** The alert of the trouble that a deviation comes from. */
  of(root: string, deviation: Deviation): Incident | undefined {
    const leads = (incident: Incident) => {
      const rule = this.#rules.get(incident.rule);
      const trouble = rule && troubleOf(rule);
      return trouble && troubleKey(trouble, incident.signal.subject.workload) === root;
    };
    const members = new Set<string>();
    for (const { alert, rule, subject } of this.#state.deviations.values()) {
      const known = this.#rules.get(rule);
      const trouble = known && troubleOf(known);
      if (alert !== undefined && trouble && troubleKey(trouble, subject.workload) === root) {
        members.add(alert);
      }
    }
    return this.#oldest(
      (incident) =>
        (leads(incident) || members.has(incident.id)) &&
        (this.#began(incident, deviation) ||
          (incident.resolvedAt === undefined && isNoWorse(deviation, incident))),
    );
  }

  /** An alert that began just now with what turns out to come from this trouble. */
  causedBy(root: string, causeOf: CauseOf): Incident | undefined {
    return this.#oldest((incident) => {
      const rule = this.#rules.get(incident.rule);
      if (!rule?.symptom || incident.resolvedAt !== undefined) return false;
      if (this.#state.taken - incident.firedAt > this.#onset) return false;
      const trouble = troubleOf(rule);
      const key = trouble && troubleKey(trouble, incident.signal.subject.workload);
      return key && causeOf(key, incident.category) === root;
    });
  }

  #sameCause(incident: Incident, lead: AlertRule, deviation: Deviation, rule: AlertRule): boolean {
    const { subject } = incident.signal;
    return together({ rule: lead, subject }, { rule, subject: deviation.subject });
  }

  /** Whether it began with the alert; after its end: whether it began before that was seen, or right after. */
  #began({ firedAt, endSeenAt }: Incident, { first }: Deviation): boolean {
    return first <= (endSeenAt ?? firedAt) + this.#onset;
  }

  /** Those that fire before those that ended, then the oldest. */
  #oldest(fits: (incident: Incident) => unknown): Incident | undefined {
    return [...this.#state.incidents.values()]
      .filter(fits)
      .sort(
        (a, b) =>
          Number(a.resolvedAt !== undefined) - Number(b.resolvedAt !== undefined) ||
          a.since - b.since ||
          byCodeUnit(a.id, b.id),
      )[0];
  }
}

function isNoWorse(deviation: Deviation, incident: Incident): boolean {
  return bySeverity(deviation.severity, incident.severity) >= 0;
}
