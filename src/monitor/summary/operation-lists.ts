import { wilsonInterval } from '../../compare/stats/exact.ts';
import { byCodeUnit } from '../../support/json.ts';
import type { Normal } from '../learned/normal.ts';
import type { OperationMeasure } from '../measure/operation-measure.ts';
import type { ErrorShare, Listed, SlowOperation } from './summary.ts';
import { listed } from './talkers.ts';

const MAX_ROWS = 10;
const LEVEL = 0.95;
/** A P95 of fewer calls is their slowest one. */
const LEAST_CALLS = 20;

type Operations = ReadonlyMap<string, OperationMeasure>;

/** By the interval's lower end: one failure of one call is no 100 %. */
export function worstErrorShares(operations: Operations, normal: Normal): Listed<ErrorShare> {
  const rows = [...operations]
    .filter(([, { failures }]) => failures > 0)
    .map(([operation, { calls, failures }]) => {
      const [low, high] = wilsonInterval(failures, calls, LEVEL);
      return { operation, calls, failures, share: failures / calls, low, high };
    })
    .sort((a, b) => b.low - a.low || byCodeUnit(a.operation, b.operation));
  const { list, leftOut } = listed(rows, MAX_ROWS);
  return {
    list: list.map((row) => ({
      ...row,
      usual: normal.usual(row.operation)?.failureShare ?? null,
    })),
    leftOut,
  };
}

/** By their P95. */
export function slowestOperations(operations: Operations, normal: Normal): Listed<SlowOperation> {
  const rows = [...operations]
    .filter(([, { latency }]) => latency.count >= LEAST_CALLS)
    .map(([operation, { calls, latency }]) => ({ operation, calls, p95: latency.quantile(0.95) }))
    .sort((a, b) => b.p95 - a.p95 || byCodeUnit(a.operation, b.operation));
  const { list, leftOut } = listed(rows, MAX_ROWS);
  return {
    list: list.map((row) => {
      const usual = normal.usual(row.operation)?.latency(0.95) ?? Number.NaN;
      return { ...row, usual: Number.isNaN(usual) ? null : usual };
    }),
    leftOut,
  };
}
