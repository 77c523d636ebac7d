import type { Alert } from '../../monitor/alert.ts';
import { DAY_MS } from '../../monitor/slot.ts';
import type { JudgedSlot } from '../../monitor/slot-listener.ts';
import { worstFirst } from '../../monitor/summary/alert-lines.ts';
import { listed } from '../../monitor/summary/talkers.ts';
import { byCodeUnit } from '../../support/json.ts';
import { iso } from '../../support/quantity.ts';
import type { ScopeStatus, WorkloadStatus } from './status-data.ts';
import { Trend } from './trend.ts';
import { callsByWorkload, workloadsOf } from './workload-status.ts';

const MAX_WORKLOADS = 500;
const MAX_RESOLVED = 500;
const MAX_PROBLEMS = 20;
const MAX_FIRING_SHOWN = 50;
const MAX_RESOLVED_SHOWN = 50;
const MAX_WORKLOADS_SHOWN = 100;
/** Of a row's trend: 8 hours of 5 minutes. */
const POINTS = 96;

/** What is kept of one scope for the status page: the last slot, and the last day in short. */
export class ScopeHistory {
  readonly #trend = new Trend(MAX_WORKLOADS);
  #resolved: readonly Alert[] = [];
  #workloads: ReadonlyMap<string, Omit<WorkloadStatus, 'trend'>> = new Map();
  #firing: readonly Alert[] = [];
  #last: Last;

  constructor(first: JudgedSlot) {
    this.#last = lastOf(first);
  }

  /** The most severe first. */
  get firing(): readonly Alert[] {
    return this.#firing;
  }

  /** Of the last 24 hours, the latest first. */
  get resolved(): readonly Alert[] {
    return this.#resolved;
  }

  add(told: JudgedSlot): void {
    const { slot } = told.view;
    this.#last = lastOf(told);
    this.#firing = worstFirst(told.firing);
    // At once: what is normal is another with the next slot.
    this.#workloads = workloadsOf(told);
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
    const firing = listed(this.#firing, MAX_FIRING_SHOWN);
    const resolved = listed(this.#resolved, MAX_RESOLVED_SHOWN);
    const workloads = listed(this.#rows(), MAX_WORKLOADS_SHOWN);
    return {
      ...this.#last,
      firing: firing.list,
      firingLeftOut: firing.leftOut,
      resolved: resolved.list,
      resolvedLeftOut: resolved.leftOut,
      workloads: workloads.list,
      workloadsLeftOut: workloads.leftOut,
      trendStep: this.#trend.step,
    };
  }

  /** The busiest first; those that were called lately stay, with nothing. */
  #rows(): WorkloadStatus[] {
    return [...new Set([...this.#workloads.keys(), ...this.#trend.names()])]
      .map((workload) => ({
        ...(this.#workloads.get(workload) ?? nothingOf(workload)),
        trend: this.#trend.rates(workload, POINTS),
      }))
      .sort((a, b) => b.callsPerSecond - a.callsPerSecond || byCodeUnit(a.workload, b.workload));
  }
}

type Last = Pick<
  ScopeStatus,
  | 'scope'
  | 'start'
  | 'end'
  | 'judgedAt'
  | 'interval'
  | 'callsPerSecond'
  | 'learned'
  | 'days'
  | 'problems'
>;

/** What the page says of the last slot; the slot itself is let go. */
function lastOf({ scope, view, normal, lag }: JudgedSlot): Last {
  const { start, end } = view.slot;
  const interval = end - start + 1;
  return {
    scope,
    start: iso(start),
    end: iso(end + 1),
    judgedAt: iso(end + lag),
    interval,
    callsPerSecond: view.calls / (interval / 1000),
    learned: normal.words,
    days: normal.days,
    problems: view.problems.slice(0, MAX_PROBLEMS),
  };
}

function nothingOf(workload: string): Omit<WorkloadStatus, 'trend'> {
  return { workload, callsPerSecond: 0, errorShare: null, p95: null, usualP95: null };
}

function endOf({ resolvedAt, firedAt }: Alert): string {
  return resolvedAt ?? firedAt;
}
