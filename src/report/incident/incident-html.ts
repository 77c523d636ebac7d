import type { Investigation } from '../../incident/investigation.ts';
import { forHtml } from '../../support/escape.ts';
import { forScript } from '../html-data.ts';
import { fillTemplate } from '../html-template.ts';
import { fittingIncident } from './incident-fit.ts';
import type { TimeOptions } from './incident-text.ts';
import { headlineOf, impactWords, onsetWords, placeWords } from './incident-words.ts';
import { timesIn } from './times.ts';

/** A page that browsers open at once, and mail programs still send. */
const MAX_BYTES = 4_800_000;
const MAX_ROWS = 50;

/**
 * report.html of an investigation, in the same template as a judgement's: one file that loads nothing.
 * Without scripts the answer, why, the timeline and what to do next stand there as plain text.
 */
export function renderInvestigationHtml(
  investigation: Investigation,
  { timeZone }: TimeOptions,
  template: string,
  maxBytes = MAX_BYTES,
): string {
  const room = maxBytes - Buffer.byteLength(template);
  return fillTemplate(template, {
    title: forHtml(`Wireproof: ${headlineOf(investigation)}`),
    plain: plain(investigation, timeZone),
    data: forScript(fittingIncident(investigation, timeZone, room)),
  });
}

function plain(investigation: Investigation, timeZone: string | undefined): string {
  const times = timesIn(timeZone);
  const {
    hypothesis,
    began: onset,
    reasons,
    rootCauses,
    timeline,
    nextChecks,
    abstained,
  } = investigation;
  const whys = [...reasons, ...(abstained ? [] : (rootCauses[0]?.reasons ?? []))];
  return [
    '<main class="plain">',
    `<h1>Wireproof: ${forHtml(headlineOf(investigation))}</h1>`,
    `<p><b>${forHtml(hypothesis)}</b></p>`,
    onset ? `<p>Began ${forHtml(onsetWords(onset, investigation, times))}</p>` : '',
    `<p>${forHtml(impactWords(investigation))}</p>`,
    listOf('Why', whys),
    listOf(
      'Timeline',
      timeline.map(({ at, workload, summary, ...rest }) => {
        const name = workload === undefined ? '' : placeWords({ workload, ...rest });
        return `${times.both(at)} ${name === '' || summary.startsWith(name) ? '' : `${name}: `}${summary}`;
      }),
    ),
    listOf('Next', nextChecks),
    '<noscript><p>The lanes, how it spread and the evidence need JavaScript, which is part of this file.</p></noscript>',
    '</main>',
  ].join('');
}

function listOf(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const items = lines.slice(0, MAX_ROWS).map((line) => `<li>${forHtml(line)}</li>`);
  const left = lines.length - items.length;
  return `<h2>${title}</h2><ul>${items.join('')}</ul>${left > 0 ? `<p>${left} more in report.json.</p>` : ''}`;
}
