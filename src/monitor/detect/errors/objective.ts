import { fitsGlob } from '../../../support/glob.ts';
import type { MonitorSettings } from '../../settings.ts';

/** A rule of burn rates: both windows must burn so many times the budget. */
export interface BurnRule {
  readonly severity: 'critical' | 'warning';
  readonly factor: number;
  readonly long: number;
  readonly short: number;
}

const MINUTE_MS = 60_000;

/** Of a budget for 30 days, 2 % within an hour and 5 % within six (The Site Reliability Workbook, ch. 5). */
export const BURN_RULES: readonly BurnRule[] = [
  { severity: 'critical', factor: 14.4, long: 60 * MINUTE_MS, short: 5 * MINUTE_MS },
  { severity: 'warning', factor: 6, long: 360 * MINUTE_MS, short: 30 * MINUTE_MS },
];

/** Share of calls that may fail; undefined where no objective fits the workload. */
export function budgetOf(settings: MonitorSettings, workload: string): number | undefined {
  const slo = settings.slos.find((each) => fitsGlob(each.workload, workload));
  return slo && Math.max(1 - slo.objective, 1e-9);
}
