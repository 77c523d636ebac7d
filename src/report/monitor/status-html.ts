import { forHtml } from '../../support/escape.ts';
import { forScript } from '../html-data.ts';
import { fillTemplate } from '../html-template.ts';
import { subjectWords } from './alert-row.ts';
import type { StatusData } from './status-data.ts';
import { headlineOf, minuteOf } from './status-headline.ts';

/** The status page with its data; without scripts it says what fires, and loads itself again. */
export function renderStatus(data: StatusData, template: string): string {
  return fillTemplate(template, {
    title: forHtml(`Wireproof: ${headlineOf(data).word}`),
    plain: plainStatus(data),
    data: forScript(data),
  });
}

function plainStatus(data: StatusData): string {
  const { word, also } = headlineOf(data);
  const items = data.scopes.flatMap(({ scope, firing }) =>
    firing.map(
      ({ severity, subject, summary, since }) =>
        `<li><b>${severity}</b> ${forHtml(scope)}: <code>${forHtml(subjectWords(subject))}</code><br>` +
        `${forHtml(summary)}<br>since ${forHtml(minuteOf(since))}</li>`,
    ),
  );
  return [
    '<main class="plain">',
    `<h1>Wireproof: ${forHtml(word)}</h1>`,
    `<ul>${also.map((line) => `<li>${forHtml(line)}</li>`).join('')}</ul>`,
    items.length > 0 ? `<ol>${items.join('')}</ol>` : '',
    '<noscript><p>Workloads, evidence and what is over need JavaScript, which is part of this page.</p></noscript>',
    '</main>',
  ].join('');
}
