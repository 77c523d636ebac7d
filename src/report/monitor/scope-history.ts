import type { Alert } from '../../monitor/alert.ts';
import { DAY_MS } from '../../monitor/slot.ts';
import type { JudgedSlot } from '../../monitor/slot-listener.ts';
import { worstFirst } from '../../monitor/summary/alert-lines.ts';
import { listed } from '../../monitor/summary/talkers.ts';
import { byCodeUnit } from '../../support/json.ts';
import { iso } from '../../support/quantity.ts';
import type { ScopeStatus } from './status-data.ts';
import { Trend } from './trend.ts';
import { callsByWorkload, workloadStatuses } from './workload-status.ts';

const MAX_WORKLOADS = 500;
const MAX_RESOLVED = 500;
const MAX_FIRING_SHOWN = 50;
const MAX_RESOLVED_SHOWN = 50;
const MAX_WORKLOADS_SHOWN = 100;

/** What is kept of one scope for the status page: the last slot, and the last day in short. */
export class ScopeHistory {
  readonly #trend = new Trend(MAX_WORKLOADS);
  #resolved: readonly Alert[] = [];
  #last: JudgedSlot;

  constructor(first: JudgedSlot) {
    this.#last = first;
  }

  get firing(): readonly Alert[] {
    return worstFirst(this.#last.firing);
  }

  /** Of the last 24 hours, the latest first. */
  get resolved(): readonly Alert[] {
    return this.#resolved;
  }

  add(told: JudgedSlot): void {
    const { slot } = told.view;
    this.#last = told;
    this.#trend.add(slot.start, slot.end - slot.start + 1, callsByWorkload(told));
    const ended = told.changed.filter(({ state }) => state === 'resolved');
    const ids = new Set(ended.map(({ id }) => id));
    const still = (alert: Alert) => Date.parse(endOf(alert)) > slot.end - DAY_MS;
    this.#resolved = [...ended, ...this.#resolved.filter(({ id }) => !ids.has(id))]
      .filter(still)
      .sort((a, b) => byCodeUnit(endOf(b), endOf(a)) || byCodeUnit(a.id, b.id))
      .slice(0, MAX_RESOLVED);
  }

  status(): ScopeStatus {
    const { scope, view, learned, days, lag } = this.#last;
    const { start, end } = view.slot;
    const interval = end - start + 1;
    const firing = listed(this.firing, MAX_FIRING_SHOWN);
    const resolved = listed(this.#resolved, MAX_RESOLVED_SHOWN);
    const workloads = listed(workloadStatuses(this.#last, this.#trend), MAX_WORKLOADS_SHOWN);
    return {
      scope,
      start: iso(start),
      end: iso(end + 1),
      judgedAt: iso(end + lag),
      interval,
      callsPerSecond: view.calls / (interval / 1000),
      learned,
      days,
      problems: view.problems.slice(0, 20),
      firing: firing.list,
      firingLeftOut: firing.leftOut,
      resolved: resolved.list,
      resolvedLeftOut: resolved.leftOut,
      workloads: workloads.list,
      workloadsLeftOut: workloads.leftOut,
      trendStep: this.#trend.step,
    };
  }
}

function endOf({ resolvedAt, firedAt }: Alert): string {
  return resolvedAt ?? firedAt;
}
