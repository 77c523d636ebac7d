import type { Json } from '../../support/json.ts';
import type { Alert } from '../alert.ts';
import type { AlertRule } from '../alert-rule.ts';
import type { Signal } from '../signal.ts';
import { assign } from './assign.ts';
import type { BookContext } from './book-context.ts';
import { bookFromJSON, bookToJSON } from './book-json.ts';
import type { BookState } from './book-state.ts';
import { endQuiet, type Seen, seenIn, takeSeen } from './deviations.ts';
import { alertOf, type Incident, withEvidence } from './incident.ts';
import { byWorst, flood, limit, rise } from './limit.ts';
import { FLOOD_RULE } from './monitor-rules.ts';

/** So many times a rule's clear an alert that was resolved is remembered, in slots that told something. */
const REMEMBERED = 3;
/** An alert that came back is given so much more time to end: doubled each time, at most so often. */
const MAX_DOUBLINGS = 3;

/**
 * What deviates, fires and was just resolved in one scope. Signals become alerts here: a deviation fires
 * once it lasted `confirm` slots, one alert a cause, and is resolved after `clear` quiet slots. An alert
 * that fires again within three times `clear` slots of its end is the same one going on: it keeps its
 * id. What is folded under another alert and goes on for that long after its end becomes its own.
 */
export class AlertBook {
  readonly #scope: string;
  readonly #rules: ReadonlyMap<string, AlertRule>;
  readonly #state: BookState;

  /** `kept` is what `toJSON` gave. Throws RangeError on anything that it can't have written. */
  constructor(scope: string, rules: ReadonlyMap<string, AlertRule>, kept: Json | undefined) {
    this.#scope = scope;
    this.#rules = new Map([[FLOOD_RULE.id, FLOOD_RULE], ...rules]);
    this.#state = bookFromJSON(kept);
  }

  /**
   * The alerts that began to fire, changed (severity rose, cause found, silence over) or were resolved
   * with this slot, worst first; those with `silenced` are not to be sent. A slot that was taken already
   * changes nothing.
   */
  update(signals: readonly Signal[], context: BookContext): readonly Alert[] {
    const state = this.#state;
    const { slot, complete } = context;
    if (slot.end <= state.taken) return [];
    state.taken = slot.end;
    const seen = seenIn(signals, this.#rules, context);
    const lost = takeSeen(state, seen, context);
    endQuiet(state.deviations, this.#rules, context, ({ alert }) => {
      const returns = state.incidents.get(alert ?? '')?.returns ?? 0;
      return 2 ** Math.min(returns, MAX_DOUBLINGS);
    });
    if (complete) this.#grow();
    const assigned = assign(state, seen, this.#rules, context, this.#scope);
    this.#show(seen, slot.end + 1);
    rise(state.beyond, lost + assigned.lost, slot.end + 1);
    const resolved = this.#resolve(slot.end + 1);
    const limited = limit(state, context);
    const flooded = flood(state, context, this.#scope);
    if (flooded !== undefined) limit(state, context);
    const changed = new Set([...assigned.changed, ...resolved, ...limited]);
    if (flooded !== undefined) changed.add(flooded);
    const alerts = byWorst(state.incidents.values())
      .filter(({ id }) => changed.has(id))
      .map((incident) => this.#alert(incident));
    for (const id of resolved) (state.incidents.get(id) as Incident).told = false;
    return alerts;
  }

  /** Whether a slot was taken already, so that it would change nothing. */
  took({ end }: BookContext['slot']): boolean {
    return end <= this.#state.taken;
  }

  /** The clock went back to this moment, Unix ms: slots from then on count again. */
  turnBack(now: number): void {
    this.#state.taken = Math.min(this.#state.taken, now - 1);
  }

  /** Everything that fires, silenced or not, worst first. */
  firing(): readonly Alert[] {
    return byWorst(this.#state.incidents.values())
      .filter(({ resolvedAt }) => resolvedAt === undefined)
      .map((incident) => this.#alert(incident));
  }

  /** Notes the snapshot that keeps the packets of an alert. */
  attach(id: string, snapshot: string): void {
    const incident = this.#state.incidents.get(id);
    if (incident) incident.snapshot = snapshot;
  }

  /** Bounded, and the same for the same slots. */
  toJSON(): Json {
    return bookToJSON(this.#state);
  }

  /** Alerts grow older; those that ended long ago are forgotten, and what they still hold is set free. */
  #grow(): void {
    const { incidents, deviations } = this.#state;
    for (const incident of incidents.values()) {
      incident.age++;
      const clear = this.#rules.get(incident.rule)?.clear ?? 1;
      if (incident.resolvedAt === undefined || incident.age <= REMEMBERED * clear) continue;
      incidents.delete(incident.id);
      for (const deviation of deviations.values()) {
        if (deviation.alert !== incident.id) continue;
        deviation.alert = undefined;
        deviation.held = false;
      }
    }
  }

  /** Alerts tell what their lead showed last. */
  #show(seen: readonly Seen[], until: number): void {
    const { incidents, deviations } = this.#state;
    for (const { key, signal } of seen) {
      const incident = incidents.get(deviations.get(key)?.alert ?? '');
      if (!incident || incident.resolvedAt !== undefined) continue;
      if (incident.lead === key) incident.signal = withEvidence(signal, incident.signal.evidence);
      if (this.#carries(incident, key)) incident.shownUntil = until;
    }
  }

  #resolve(now: number): string[] {
    const { incidents, deviations } = this.#state;
    const going = new Set<string>();
    for (const { alert, key } of deviations.values()) {
      const incident = incidents.get(alert ?? '');
      if (incident && this.#carries(incident, key)) going.add(incident.id);
    }
    const resolved: string[] = [];
    for (const incident of incidents.values()) {
      if (incident.resolvedAt !== undefined || going.has(incident.id)) continue;
      if (incident.rule === FLOOD_RULE.id && this.#state.beyond.count > 0) continue;
      incident.resolvedAt = incident.shownUntil;
      incident.endSeenAt = now;
      incident.age = 0;
      resolved.push(incident.id);
    }
    return resolved;
  }

  /** Whether an alert lasts as long as this deviation: its lead, or the same kind of trouble at the same workload. */
  #carries({ lead, category, signal }: Incident, key: string): boolean {
    if (lead === key) return true;
    const deviation = this.#state.deviations.get(key);
    return (
      deviation?.subject.workload === signal.subject.workload &&
      this.#rules.get(deviation.rule)?.category === category
    );
  }

  #alert(incident: Incident): Alert {
    return alertOf(incident, this.#scope, this.#state.taken + 1);
  }
}
