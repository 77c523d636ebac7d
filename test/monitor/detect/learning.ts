import { ORDINARY_DAY } from '../../../src/monitor/learned/level.ts';
import type { LearnedHour, Likeness, Normal, Usual } from '../../../src/monitor/learned/normal.ts';
import { OperationMeasure } from '../../../src/monitor/measure/operation-measure.ts';
import type { SlotView } from '../../../src/monitor/measure/slot-view.ts';
import { HOUR_MS, WEEK_MS } from '../../../src/monitor/slot.ts';

interface Moments {
  first: number;
  last: number;
}

/** A plain memory of whole hours, from which what is normal is told. */
export class Learning {
  #since: number | undefined;
  readonly #observed = new Map<number, number>();
  readonly #hours = new Map<string, Map<number, OperationMeasure>>();
  readonly #known = new Map<string, Moments>();

  learn({ slot, operations }: SlotView): void {
    this.#since ??= slot.start;
    const hour = Math.floor(slot.start / HOUR_MS) * HOUR_MS;
    const share = (slot.end - slot.start + 1) / HOUR_MS;
    this.#observed.set(hour, Math.min(1, (this.#observed.get(hour) ?? 0) + share));
    for (const [operation, measure] of operations) {
      const hours = this.#hours.get(operation) ?? new Map<number, OperationMeasure>();
      this.#hours.set(operation, hours);
      const learned = hours.get(hour) ?? new OperationMeasure(measure.name);
      learned.merge(measure);
      hours.set(hour, learned);
      this.#see(`operation ${operation}`, slot);
      this.#see(`callee ${measure.name.workload}`, slot);
      for (const [caller] of measure.callers.entries()) {
        this.#see(`edge ${caller} ${measure.name.workload}`, slot);
      }
    }
  }

  at(ts: number): Normal {
    const now = Math.floor(ts / HOUR_MS) * HOUR_MS;
    const whole = [...this.#observed.keys()].filter((start) => start < now).sort((a, b) => b - a);
    const days = new Set(whole.map((start) => start % WEEK_MS)).size / 24;
    const hourOf = (operation: string, start: number): LearnedHour => ({
      start,
      observed: this.#observed.get(start) ?? 0,
      weight: 0.8 ** Math.floor((now - start) / WEEK_MS),
      measure: this.#hours.get(operation)?.get(start),
    });
    const alike: [Likeness, number[]][] = [
      ['hour-of-week', whole.filter((start) => (now - start) % WEEK_MS === 0)],
      ['hour-of-day', whole.filter((start) => (now - start) % (24 * HOUR_MS) === 0).slice(0, 7)],
      ['recent', whole.slice(0, 24)],
    ];
    const [likeness, starts] = alike.find(([, hours]) => hours.length > 0) ?? ['recent', []];
    return {
      days,
      words: `${days.toFixed(1)} of 7 days`,
      familiar: true,
      quietness: ORDINARY_DAY,
      since: this.#since,
      usual: (operation) =>
        starts.length === 0 || !this.#hours.has(operation)
          ? undefined
          : usualOf(
              likeness,
              starts.map((start) => hourOf(operation, start)),
            ),
      recent: (operation) =>
        this.#hours.has(operation)
          ? whole.slice(0, 24).map((start) => hourOf(operation, start))
          : [],
      edge: (caller, workload) => this.#known.get(`edge ${caller} ${workload}`),
      callee: (workload) => this.#known.get(`callee ${workload}`),
      operation: (operation) => this.#known.get(`operation ${operation}`),
    };
  }

  #see(name: string, { start, end }: SlotView['slot']): void {
    const moments = this.#known.get(name);
    if (moments) moments.last = end;
    else this.#known.set(name, { first: start, last: end });
  }
}

function usualOf(likeness: Likeness, hours: readonly LearnedHour[]): Usual {
  const sum = (of: (hour: LearnedHour) => number) =>
    hours.reduce((total, hour) => total + hour.weight * of(hour), 0);
  const calls = sum(({ measure }) => measure?.calls ?? 0);
  let latency: OperationMeasure['latency'] | undefined;
  return {
    likeness,
    hours,
    callsAnHour:
      calls /
      Math.max(
        1e-9,
        sum(({ observed }) => observed),
      ),
    failureShare: calls === 0 ? 0 : sum(({ measure }) => measure?.failures ?? 0) / calls,
    rejectionShare: calls === 0 ? 0 : sum(({ measure }) => measure?.rejections ?? 0) / calls,
    calls,
    latency: (q) => {
      latency ??= latencyOf(hours);
      return latency.quantile(q);
    },
  };
}

function latencyOf(hours: readonly LearnedHour[]): OperationMeasure['latency'] {
  const all = new OperationMeasure({ operation: '', workload: '', protocol: '', mutation: false });
  for (const { measure } of hours) if (measure) all.merge(measure);
  return all.latency;
}
