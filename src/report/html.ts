import { forHtml } from '../support/escape.ts';
import type { Judgement } from '../verdict/judgement.ts';
import { forScript } from './html-data.ts';
import { fitting } from './html-fit.ts';
import { plainReport } from './html-plain.ts';
import { fillTemplate } from './html-template.ts';

/** A page that browsers open at once, and mail programs still send. */
const MAX_BYTES = 4_800_000;

/**
 * report.html: one file that loads nothing. The data is the judgement's JSON in a block that no browser
 * runs; without scripts the verdict, its reasons and the worst findings stand there as plain text.
 */
export function renderHtml(judgement: Judgement, template: string, maxBytes = MAX_BYTES): string {
  const room = maxBytes - Buffer.byteLength(template);
  const data = fitting(judgement, room);
  return fillTemplate(template, {
    title: forHtml(`Wireproof: ${judgement.verdict}`),
    plain: plainReport(judgement),
    data: forScript(data),
  });
}
