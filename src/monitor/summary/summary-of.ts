import { wilsonInterval } from '../../compare/stats/exact.ts';
import { iso } from '../../support/quantity.ts';
import type { AlertCategory } from '../alert-rule.ts';
import { alertLine, worstFirst } from './alert-lines.ts';
import { slowestOperations, worstErrorShares } from './operation-lists.ts';
import type { PeriodMeasure } from './period-measure.ts';
import type { FlowShare, Summary } from './summary.ts';
import { listed, talkersOf } from './talkers.ts';

const LEVEL = 0.95;
const MAX_ALERTS = 50;

/** The summary of one period, from what its slots showed. */
export function summaryOf(
  period: PeriodMeasure,
  flows: readonly FlowShare[] | undefined,
  blind: Summary['blind'],
  { start, end }: { readonly start: number; readonly end: number },
): Summary {
  const { last, calls, failures, rejections, observed } = period;
  const [low, high] = wilsonInterval(failures, calls, LEVEL);
  const alerts = (all: Iterable<Parameters<typeof alertLine>[0]>) =>
    listed(worstFirst([...all]).map(alertLine), MAX_ALERTS);
  return {
    schemaVersion: 1,
    kind: 'summary',
    scope: last.scope,
    start: iso(start),
    end: iso(end),
    observedSeconds: observed / 1000,
    calls,
    callsPerSecond: observed === 0 ? 0 : calls / (observed / 1000),
    errors: { failures, rejections, share: calls === 0 ? 0 : failures / calls, low, high },
    talkers: talkersOf(period.operations.values(), flows),
    worstErrorShares: worstErrorShares(period.operations, last.normal),
    slowest: slowestOperations(period.operations, last.normal),
    firing: alerts(last.firing),
    began: alerts(period.began.values()),
    ended: alerts(period.ended.values()),
    anomalies: countsOf([...period.began.values()].map(({ category }) => category)),
    problems: [...period.problems].map(([code, problem]) => ({ code, ...problem })),
    blind,
    learned: last.normal.words,
    days: last.normal.days,
    operationsNotToldApart: period.notToldApart.size,
  };
}

function countsOf(categories: readonly AlertCategory[]): Summary['anomalies'] {
  const counts: Partial<Record<AlertCategory, number>> = {};
  for (const category of categories.toSorted()) counts[category] = (counts[category] ?? 0) + 1;
  return counts;
}
