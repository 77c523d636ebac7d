import { byCodeUnit } from '../../../support/json.ts';
import { sum } from '../../../support/numbers.ts';
import type { Situation } from '../../detector.ts';
import type { OperationMeasure } from '../../measure/operation-measure.ts';
import { learnedHours } from '../learned-hours.ts';
import { type LearnedShare, learnedShare } from '../learned-share.ts';

/** From this share of the failures on, one operation or caller is the worst. */
const DOMINANT = 0.9;

/** What a workload served in a slot. */
export interface Serving {
  readonly workload: string;
  readonly calls: number;
  readonly failures: number;
  readonly protocol: string | undefined;
  /** The operation with the most failures. */
  readonly worst: string | undefined;
  /** Who alone meets them, where others call too. */
  readonly caller: string | undefined;
  /** The learned share of failures; of a first day what was before that began which goes on, Unix ms. */
  readonly learned: (began?: number) => LearnedShare | undefined;
}

/** By workload, in code-unit order. */
export function servingOf({ view, normal }: Situation<unknown>): readonly Serving[] {
  const groups = Map.groupBy(view.operations.values(), ({ name }) => name.workload);
  return [...groups]
    .sort((a, b) => byCodeUnit(a[0], b[0]))
    .map(([workload, measures]) => {
      const failures = sum(measures, (measure) => measure.failures);
      const worst = measures.toSorted((a, b) => b.failures - a.failures)[0];
      return {
        workload,
        calls: sum(measures, (measure) => measure.calls),
        failures,
        protocol: worst?.name.protocol,
        worst: failures > 0 ? worst?.name.operation : undefined,
        caller: dominant(measures, failures),
        learned: (began) => learnedShare(hoursOf(measures, normal, began)),
      };
    });
}

function hoursOf(
  measures: readonly OperationMeasure[],
  normal: Situation<unknown>['normal'],
  began: number | undefined,
) {
  const hours = new Map<number, { some: number; all: number }>();
  for (const { name } of measures) {
    for (const { start, measure } of learnedHours(normal, name.operation, began)) {
      const hour = hours.get(start) ?? { some: 0, all: 0 };
      hour.some += measure?.failures ?? 0;
      hour.all += measure?.calls ?? 0;
      hours.set(start, hour);
    }
  }
  return [...hours].sort((a, b) => a[0] - b[0]).map(([, hour]) => hour);
}

function dominant(measures: readonly OperationMeasure[], failures: number): string | undefined {
  const failed = new Map<string, number>();
  const callers = new Set<string>();
  for (const measure of measures) {
    for (const [caller] of measure.callers.entries()) callers.add(caller);
    for (const [caller, n] of measure.failedCallers.entries()) {
      failed.set(caller, (failed.get(caller) ?? 0) + n);
    }
  }
  if (callers.size < 2 || failures === 0) return undefined;
  return [...failed].find(([, n]) => n >= DOMINANT * failures)?.[0] || undefined;
}
