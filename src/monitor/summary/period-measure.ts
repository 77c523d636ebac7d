import type { CaptureProblem } from '../../calls/observation.ts';
import type { Alert } from '../alert.ts';
import { OperationMeasure } from '../measure/operation-measure.ts';
import type { JudgedSlot } from '../slot-listener.ts';

const MAX_OPERATIONS = 5_000;
const MAX_ALERTS = 1_000;
const MAX_PROBLEMS = 20;

/** What the slots of one period showed, merged; its size does not depend on how many there were. */
export class PeriodMeasure {
  readonly operations = new Map<string, OperationMeasure>();
  readonly began = new Map<string, Alert>();
  readonly ended = new Map<string, Alert>();
  readonly problems = new Map<string, { message: string; slots: number }>();
  readonly notToldApart = new Set<string>();
  /** Unix ms. */
  readonly start: number;
  last: JudgedSlot;
  calls = 0;
  failures = 0;
  rejections = 0;
  /** ms */
  observed = 0;

  constructor(first: JudgedSlot) {
    this.start = first.view.slot.start;
    this.last = first;
  }

  add(told: JudgedSlot): void {
    const { view, changed } = told;
    const { slot } = view;
    this.last = told;
    this.observed += slot.end - slot.start + 1;
    this.calls += view.calls;
    for (const [operation, measure] of view.operations) this.#merge(operation, measure);
    for (const alert of changed) this.#change(alert);
    for (const problem of view.problems) this.#problem(problem);
  }

  #merge(operation: string, measure: OperationMeasure): void {
    this.failures += measure.failures;
    this.rejections += measure.rejections;
    let sum = this.operations.get(operation);
    if (!sum) {
      if (this.operations.size >= MAX_OPERATIONS) {
        if (this.notToldApart.size < MAX_OPERATIONS) this.notToldApart.add(operation);
        return;
      }
      sum = new OperationMeasure(measure.name);
      this.operations.set(operation, sum);
    }
    sum.merge(measure);
  }

  #change(alert: Alert): void {
    const known = alert.state === 'firing' ? this.began : this.ended;
    if (known.size < MAX_ALERTS || known.has(alert.id)) known.set(alert.id, alert);
  }

  #problem({ code, message }: CaptureProblem): void {
    const before = this.problems.get(code);
    if (!before && this.problems.size >= MAX_PROBLEMS) return;
    this.problems.set(code, { message, slots: (before?.slots ?? 0) + 1 });
  }
}
