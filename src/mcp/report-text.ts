import { zoneOf } from '../commands/time-zone.ts';
import { renderInvestigationText } from '../report/incident/incident-text.ts';
import { renderText } from '../report/text.ts';
import type { Context } from './context.ts';
import type { Report } from './report.ts';

/** A report in words, as the command line prints it. */
export function reportText(report: Report, { inputs }: Context): string {
  return report.kind === 'verdict'
    ? renderText(report.judgement)
    : renderInvestigationText(report.investigation, { timeZone: zoneOf(inputs) });
}
