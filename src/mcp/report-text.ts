import { renderText } from '../report/text.ts';
import { incidentAnswer } from './incident-answer.ts';
import type { Report } from './report.ts';

/** A report in words, its texts escaped for a terminal. */
export function reportText(report: Report): string {
  if (report.kind === 'verdict') return renderText(report.judgement);
  const { says, untrusted = [] } = incidentAnswer(report);
  return [...says, ...untrusted].join('\n');
}
