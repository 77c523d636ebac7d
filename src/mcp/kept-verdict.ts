import type { Outcome } from '../commands/command.ts';
import { CaptureError } from '../support/errors.ts';
import type { Report } from './report.ts';
import type { Reports } from './reports.ts';

/** Keeps the verdict that a command gave. Throws CaptureError where it gave none. */
export function keptVerdict(
  reports: Reports,
  outcome: Outcome,
): Extract<Report, { kind: 'verdict' }> {
  const report = reports.keep(outcome);
  if (report?.kind === 'verdict') return report;
  throw new CaptureError('the command gave no verdict');
}
