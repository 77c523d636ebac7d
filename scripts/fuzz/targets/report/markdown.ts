import { issueBody } from '../../../../src/github/issue-body.ts';
import type { Summary } from '../../../../src/monitor/summary/summary.ts';
import { SummaryListener } from '../../../../src/monitor/summary/summary-listener.ts';
import { renderInvestigationMarkdown } from '../../../../src/report/incident/incident-markdown.ts';
import { renderMarkdown } from '../../../../src/report/markdown.ts';
import { renderMonitor } from '../../../../src/report/monitor/monitor-markdown.ts';
import { renderSummary } from '../../../../src/report/monitor/summary-markdown.ts';
import { bearing } from '../../../../test/support/bearing.ts';
import { bearingIncident } from '../../../../test/support/investigations.ts';
import { busySlot } from '../../../../test/support/judged-slots.ts';
import { HOSTILE_NAMES, hostileName, PLAIN, SYNTAX } from '../../material/hostile-name.ts';
import { parseMarkdown } from '../../material/parsers.ts';
import { same } from '../../material/same.ts';
import { structureOf } from '../../material/structure.ts';
import type { Target } from '../../target.ts';

const RENDERED: Readonly<Record<string, (name: string) => string>> = {
  judgement: (name) => renderMarkdown(bearing(name)),
  // An address of a deployment is meant to be a link.
  investigation: (name) => {
    const incident = bearingIncident(name);
    return renderInvestigationMarkdown({
      ...incident,
      factors: incident.factors.map(({ url: _, ...one }) => one),
    });
  },
  issue: (name) => busySlot({ name }).firing.map(issueBody).join('\n'),
  monitor: (name) => renderMonitor(busySlot({ name }).firing, [summaryOf(name)]),
  summary: (name) => renderSummary(summaryOf(name)),
};
const usual = new Map<string, string>();

export const target: Target = {
  holds:
    'Markdown with any name in it has the elements, links and attributes that it has with a plain one, as GitHub parses it (micromark with GFM, parse5)',
  needs: 'scripts/fuzz/parsers',
  seeds: () => HOSTILE_NAMES,
  words: SYNTAX,
  run: (input) => {
    const name = hostileName(input);
    const kinds = Object.entries(RENDERED);
    const [kind, render] = kinds[input.length % kinds.length] as (typeof kinds)[number];
    const plain = usual.get(kind) ?? structure(render(PLAIN));
    usual.set(kind, plain);
    same(`${kind}: a name is structure`, structure(render(name)), plain);
  },
};

/** Of a diagram the code block alone, which another target looks into. */
function structure(markdown: string): string {
  return structureOf(parseMarkdown(markdown));
}

function summaryOf(name: string): Summary {
  const all: Summary[] = [];
  const listener = new SummaryListener(900_000, (summary) => all.push(summary));
  for (const nth of [0, 1, 2]) listener.slot(busySlot({ nth, name }));
  return all[0] as Summary;
}
