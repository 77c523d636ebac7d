import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  alertAnnotations,
  annotationsOf,
  investigationAnnotation,
} from '../../src/github/annotations.ts';
import { outputsOf } from '../../src/github/outputs.ts';
import { annotate } from '../../src/github/workflow-commands.ts';
import type { Summary } from '../../src/monitor/summary/summary.ts';
import { SummaryListener } from '../../src/monitor/summary/summary-listener.ts';
import { renderInvestigationHtml } from '../../src/report/incident/incident-html.ts';
import { renderInvestigationMarkdown } from '../../src/report/incident/incident-markdown.ts';
import { renderInvestigationText } from '../../src/report/incident/incident-text.ts';
import { renderJunit } from '../../src/report/junit.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { renderMonitor } from '../../src/report/monitor/monitor-markdown.ts';
import { StatusListener } from '../../src/report/monitor/status-listener.ts';
import { renderSummary } from '../../src/report/monitor/summary-markdown.ts';
import { renderSarif } from '../../src/report/sarif.ts';
import { renderText } from '../../src/report/text.ts';
import { forWorkflowLog } from '../../src/support/escape.ts';
import type { Judgement } from '../../src/verdict/judgement.ts';
import { bearing } from '../support/bearing.ts';
import { bearingIncident } from '../support/investigations.ts';
import { busySlot } from '../support/judged-slots.ts';
import { finding, HOSTILE, judgement } from '../support/judgements.ts';
import { departures, parseXml } from './xsd.ts';

/** What anybody who can reach the cluster may call a path, a header or a service. */
const NAMES: Readonly<Record<string, string>> = {
  'a pipe': 'a | b || c |',
  'a script': '<script>alert(1)</script><img src=x onerror=alert(1)>',
  'a workflow command': '\n::error title=x::you are hacked\n::set-output name=verdict::PASS',
  'a link': '[click](javascript:alert(1)) ![p](https://evil.example/p.png) ](javascript:1)',
  'escapes of a terminal':
    '\u001b[2J\u001b]8;;https://evil.example\u0007PASS\u001b]8;;\u0007\u009b1m',
  'bidi controls': '\u202egnissap\u2066\u200f\u061c',
  'the end of CDATA': ']]><failure/><![CDATA[ ]]&gt;',
  'the end of an element': '"/></testcase></testsuite></testsuites><!-- &lol; %x;',
  NUL: 'a\u0000b\u0001\u000b\u001f\u007f',
  'lone surrogates': '\ud800 \udfff\ud83e',
  'no characters': '\ufffe\uffff\u{1fffe}\ufdd0',
  'a path of 10 kB': `/${'segment/'.repeat(1_250)}`,
  'a Mermaid label': '"]; click n0 "javascript:alert(1)"; %%{init: {}}%% #quot; end',
  'a placeholder': `{0} {1} $(whoami) $${'{{ secrets.TOKEN }}'} %25 %0A`,
  'all at once': HOSTILE.map((name) => name.slice(0, 20)).join(''),
};

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{NChar}]/u;

const XSD = readFileSync('fixtures/reports/junit-10.xsd', 'utf8');
const {
  $schema: _,
  id: __,
  ...SCHEMA
} = JSON.parse(readFileSync('fixtures/reports/sarif-schema-2.1.0.json', 'utf8'));
const isSarif = new Ajv({ strict: false, validateFormats: false }).compile(SCHEMA);
const DIAGRAM = /^```mermaid\n([^`]*)^```$/m;
const diagramOf = (given: Judgement) => DIAGRAM.exec(renderMarkdown(given))?.[1] ?? '';

/** What each format must hold of any name, and where it is shown. */
const FORMATS: Readonly<
  Record<string, { render(of: Judgement): string | Promise<string>; check(text: string): void }>
> = {
  JUnit: {
    render: renderJunit,
    check(xml) {
      expect(departures(XSD, xml)).toEqual([]);
      expect(xml.match(/<failure/g)?.length).toBe(2);
    },
  },
  SARIF: {
    render: (given) => renderSarif(given, { file: 'wireproof.yml' }),
    check(text) {
      const log = JSON.parse(text);
      expect(isSarif(log)).toBe(true);
      for (const { message } of log.runs[0].results) expect(message.text).not.toContain('](');
      for (const string of stringsOf(log)) expect(string.replaceAll('\n', '')).not.toMatch(UNSEEN);
    },
  },
  text: { render: renderText, check: (text) => expect(text).toMatch(/^INCONCLUSIVE\n/) },
  Markdown: {
    // The one invisible character that is its own: behind @, so that nobody is mentioned.
    render: (given) =>
      renderMarkdown(given).replace(DIAGRAM, '').replaceAll('&#64;\u200b', '&#64;'),
    check(markdown) {
      expect(markdown).not.toMatch(/\]\(|https?:\/\/|www\.|`/);
      const tags = new Set(markdown.match(/<\/?[a-z!][^>]*>/gi));
      const own = [
        '<code>',
        '</code>',
        '<br>',
        '<details>',
        '</details>',
        '<summary>',
        '</summary>',
      ];
      expect([...tags].filter((tag) => !own.includes(tag))).toEqual([]);
      for (const row of markdown.split('\n').filter((line) => line.startsWith('|'))) {
        expect([4, 5, 6, 7]).toContain(row.split('|').length - 1);
      }
    },
  },
  Mermaid: {
    render: diagramOf,
    check(drawing) {
      const [head, ...lines] = drawing.trimEnd().split('\n');
      expect(head).toBe('flowchart LR');
      expect(lines.length).toBeGreaterThan(1);
      for (const line of lines.slice(0, -1)) {
        expect(line).toMatch(/^ {2}n\d+(\["[^"<>`|{}[\]\\@:]+"\]| -->\|"[\w ,]+"\| n\d+)$/);
      }
    },
  },
  'the log of a workflow': {
    render: (given) =>
      renderText(given)
        .split('\n')
        .map((line) => forWorkflowLog(line, 2_000))
        .join('\n'),
    check: (log) => expect(log).not.toMatch(/^\s*::|##\[/m),
  },
  annotations: {
    render: (given) => annotationsOf(given).map(annotate).join(''),
    check(lines) {
      const shown = lines.trimEnd().split('\n');
      expect(shown.length).toBe(5);
      for (const line of shown) expect(line).toMatch(/^::(error|warning|notice) title=[^:,]*::/);
    },
  },
};

describe.each(Object.entries(FORMATS))('%s', (_format, { render, check }) => {
  let usual: string;
  beforeAll(async () => {
    usual = await render(bearing('a'));
  });

  it.each(Object.entries(NAMES))('shows %s harmless', async (_name, name) => {
    const text = await render(bearing(name));
    check(text);
    expect(text.replaceAll('\n', '')).not.toMatch(UNSEEN);
    expect(text.isWellFormed()).toBe(true);
    expect(text.length - usual.length).toBeLessThan(40_000);
  });
});

const OWN_TAGS = [
  '<br>',
  '<code>',
  '</code>',
  '<details>',
  '</details>',
  '<summary>',
  '</summary>',
];

/** Markdown that links to nothing, has no tag but its own, and no row of another length than others. */
function checkMarkdown(markdown: string, cells: readonly number[]): void {
  expect(markdown).not.toMatch(/\]\(|https?:\/\/|www\.|`/);
  const tags = new Set(markdown.match(/<\/?[a-z!][^>]*>/gi));
  expect([...tags].filter((tag) => !OWN_TAGS.includes(tag))).toEqual([]);
  for (const row of markdown.split('\n').filter((line) => line.startsWith('|'))) {
    expect(cells).toContain(row.split('|').length - 1);
  }
}

const summaryOf = (name: string) => {
  const all: Summary[] = [];
  const listener = new SummaryListener(900_000, (summary) => all.push(summary));
  for (const nth of [0, 1, 2]) listener.slot(busySlot({ nth, name }));
  return all[0] as Summary;
};
const withoutMentions = (markdown: string) => markdown.replaceAll('&#64;\u200b', '&#64;');
const TEMPLATE = '<title>%TITLE%</title>%PLAIN%<script type="application/json">%DATA%</script>';

/** A page without any tag but its own, and one script. */
function checkPage(html: string): void {
  for (const tag of new Set(html.match(/<\/?[a-z!][^>]*>/gi))) {
    expect(tag).toMatch(
      /^<\/?(?:title|main|h1|h2|ul|ol|li|b|code|br|p|noscript|script)(?: (?:class="plain"|type="application\/json"))?>$/,
    );
  }
  expect(html.match(/<script/g)?.length).toBe(1);
}

/** What a monitor says of slots in which the name stands everywhere. */
const MONITOR_FORMATS: Readonly<
  Record<string, { render(name: string): string; check(text: string): void }>
> = {
  'a summary': {
    render: (name) => withoutMentions(renderSummary(summaryOf(name))),
    check: (markdown) => checkMarkdown(markdown, [3, 4, 5, 6]),
  },
  'the job summary of a monitor': {
    render: (name) => {
      const { firing } = busySlot({ name });
      return withoutMentions(renderMonitor(firing, [summaryOf(name)]));
    },
    check: (markdown) => checkMarkdown(markdown, [3, 4, 5, 6]),
  },
  'annotations of alerts': {
    render: (name) => alertAnnotations(busySlot({ name }).firing).map(annotate).join(''),
    check: (lines) => expect(lines).toMatch(/^::error title=[^:,\n]*::[^\n]*\n$/),
  },
  'the status page': {
    render: (name) => {
      const status = new StatusListener(TEMPLATE);
      status.slot(busySlot({ name }));
      status.blind('shop', { since: 0, reason: name });
      return status.routes().get('/')?.().body ?? '';
    },
    check(html) {
      checkPage(html);
    },
  },
};

/** What is said of an investigation in which the name stands everywhere. */
const INCIDENT_FORMATS: typeof MONITOR_FORMATS = {
  'an investigation as text': {
    render: (name) => renderInvestigationText(bearingIncident(name), { timeZone: 'Asia/Tokyo' }),
    check: (text) => expect(text).toMatch(/^Origin: .*\n {2}/),
  },
  'an investigation as Markdown': {
    render: (name) =>
      withoutMentions(renderInvestigationMarkdown(bearingIncident(name)).replace(DIAGRAM, '')),
    check: (markdown) => checkMarkdown(markdown, [4, 6]),
  },
  'a cascade in Mermaid': {
    render: (name) => DIAGRAM.exec(renderInvestigationMarkdown(bearingIncident(name)))?.[1] ?? '',
    check(drawing) {
      const [head, ...lines] = drawing.trimEnd().split('\n');
      expect(head).toBe('flowchart LR');
      expect(lines.length).toBe(4);
      for (const line of lines.slice(0, -1)) {
        expect(line).toMatch(/^ {2}n\d+(\["[^"<>`|{}[\]\\@:]+"\]| -->\|"[\w ,#;]+"\| n\d+)$/);
      }
    },
  },
  "an investigation's page": {
    render: (name) => renderInvestigationHtml(bearingIncident(name), {}, TEMPLATE),
    check: checkPage,
  },
  "an investigation's annotation": {
    render: (name) => annotate(investigationAnnotation(bearingIncident(name))),
    check: (line) => expect(line).toMatch(/^::warning title=Wireproof[^:,\n]*::[^\n]*\n$/),
  },
  "an investigation's outputs": {
    render: (name) =>
      Object.values(outputsOf({ exitCode: 0, investigation: bearingIncident(name) })).join('|'),
    check: (text) => expect(text).not.toContain('\n'),
  },
};

describe.each(Object.entries({ ...MONITOR_FORMATS, ...INCIDENT_FORMATS }))(
  '%s',
  (_format, { render, check }) => {
    it.each(Object.entries(NAMES))('shows %s harmless', (_name, name) => {
      const text = render(name);
      check(text);
      expect(text.replaceAll('\n', '')).not.toMatch(UNSEEN);
      expect(text.isWellFormed()).toBe(true);
      expect(text.length).toBeLessThan(80_000);
    });
  },
);

describe('2,000 findings', () => {
  const findings = Array.from({ length: 2_000 }, (_, i) =>
    finding({ operation: `orders GET /${i}/${'🦈'.repeat(60)}`, summary: 'x'.repeat(400) }),
  );
  const many = judgement({ verdict: 'FAIL', reasons: ['many differ'], findings });
  const shownIn = (text: string) => new Set(text.match(/orders GET \/\d+\//g)).size;

  it.each([
    ['a job summary', 1_000_000],
    ['a comment', 65_536],
  ])('%s stays within its limit and counts what it leaves out', (_name, limit) => {
    const markdown = renderMarkdown(many, limit);
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(limit);
    expect(markdown).toContain('2,000 findings: 2000 breaking');
    const left = /([\d,]+) more findings left out here/.exec(markdown)?.[1]?.replace(',', '') ?? 0;
    expect(shownIn(markdown)).toBeGreaterThan(4);
    expect(shownIn(markdown) + Number(left)).toBe(2_000);
  });

  it('JUnit, SARIF and the terminal have them all', async () => {
    const xml = await renderJunit(many);
    expect(xml).toMatch(/<testsuites name="Wireproof" tests="2001" failures="2001" errors="0"/);
    expect(xml).not.toContain('left out');
    const log = JSON.parse(renderSarif(many, { file: 'wireproof.yml' }));
    expect(log.runs[0].results.length).toBe(2_000);
    expect(log.runs[0].invocations[0].toolExecutionNotifications).toEqual([]);
    expect(shownIn(renderText(many))).toBe(2_000);
  });

  it('annotations are at most ten, the last telling of the rest', () => {
    const shown = annotationsOf(many);
    expect(shown.length).toBe(10);
    expect(shown.at(-1)?.message).toBe('1991 more: see the job summary');
  });
});

it('the checks of XML see what is wrong', () => {
  expect(() => parseXml('<a>\u0000</a>')).toThrow('U+0');
  expect(() => parseXml('<a>\ufffe</a>')).toThrow('U+fffe');
  expect(() => parseXml('<a><b></a>')).toThrow();
  expect(departures(XSD, '<testsuites><failure/>text</testsuites>')).toEqual([
    '<testsuites> holds <failure>',
    '<testsuites> holds text',
  ]);
  expect(departures(XSD, '<testcase namen="x" time="1.0000"/>')).toEqual([
    '<testcase> lacks name',
    '<testcase> has namen',
  ]);
  expect(departures(XSD, '<testsuites time="abc"/>')).toEqual(['time is abc']);
});

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsOf);
}
