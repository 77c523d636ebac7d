import { byCodeUnit } from '../../support/json.ts';
import type { OperationMeasure } from '../measure/operation-measure.ts';
import type { CallerShare, FlowShare, Listed, ServedShare, Summary } from './summary.ts';

const MAX_ROWS = 10;
/** Under which callers are counted that there were too many of to be told apart. */
const MANY = '';

/** Who called, who served and who carried most. */
export function talkersOf(
  measures: Iterable<OperationMeasure>,
  flows: readonly FlowShare[] | undefined,
): Summary['talkers'] {
  const callers = new Map<string, CallerShare>();
  const served = new Map<string, ServedShare>();
  for (const { name, calls, failures, bytes, callers: by, failedCallers } of measures) {
    const sum = served.get(name.workload);
    served.set(name.workload, {
      workload: name.workload,
      calls: calls + (sum?.calls ?? 0),
      failures: failures + (sum?.failures ?? 0),
      bytes: bytes + (sum?.bytes ?? 0),
    });
    for (const [caller, count] of by.entries()) {
      if (caller === MANY) continue;
      const before = callers.get(caller);
      callers.set(caller, {
        workload: caller,
        calls: count + (before?.calls ?? 0),
        failures: failedCallers.get(caller) + (before?.failures ?? 0),
      });
    }
  }
  const most = <T extends CallerShare>(all: ReadonlyMap<string, T>, size: (one: T) => number) =>
    listed(
      [...all.values()]
        .filter((one) => size(one) > 0)
        .sort((a, b) => size(b) - size(a) || byCodeUnit(a.workload, b.workload)),
      MAX_ROWS,
    );
  return {
    callersByCalls: most(callers, ({ calls }) => calls),
    workloadsByCalls: most(served, ({ calls }) => calls),
    workloadsByBytes: most(served, ({ bytes }) => bytes),
    flowsByBytes: flows ? listed(flows, MAX_ROWS) : null,
  };
}

/** The first `max` of a list, and how many that leaves out. */
export function listed<T>(all: readonly T[], max: number): Listed<T> {
  return { list: all.slice(0, max), leftOut: Math.max(0, all.length - max) };
}
