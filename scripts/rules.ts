import { writeFileSync } from 'node:fs';
import type { Finding } from '../src/compare/finding.ts';
import { RULES, type Rule, type RuleId } from '../src/compare/rules.ts';
import { forMarkdown } from '../src/support/escape.ts';
import {
  type Example,
  findingsOf,
  type Handled,
  headersOf,
  MIN_SAMPLES,
  methodOf,
  pathOf,
  textOf,
} from './rules-calls.ts';
import { EXAMPLES } from './rules-examples.ts';

/** `docs/rules.md`, made from the catalogue and from what the comparison says of the examples. */

const HEAD = `# Rules

Made by \`npm run docs\` from the code: each finding below is what the comparison really says of the two captures of its example.

A finding names its rule by id; ids are stable. \`breaking\` findings make the verdict FAIL, \`warning\` and \`info\` never do. The severity told here is that of decided evidence: what chance may explain weighs less, and an operation with fewer than \`--min-samples\` calls on a side (${MIN_SAMPLES}) is judged by its errors alone and listed as not covered. A finding that another one explains is told as \`info\`, with its cause.

**To accept a difference that is meant**, for a time and with a reason: \`wireproof accept report.json --reason TEXT --expires DATE\` writes it to \`wireproof.yml\` ([configuration.md](configuration.md#differences-that-are-meant-accept)), and a review of that file is the review of the difference. For good, make the baseline again from the version that shows it (\`wireproof baseline\`, or \`wireproof profile\` of the candidate's capture): what a baseline holds is not told again. What never matters can be [ignored](configuration.md#what-does-not-count-ignore), a rule can [weigh less](configuration.md#what-findings-weigh-rules).`;

/** The whole page. */
export function rulesPage(): string {
  const rows = [...RULES].map(
    ([id, { category, weight, means }]) =>
      `| [\`${id}\`](#${anchor(id)}) | ${category} | ${weight} | ${means} |`,
  );
  const table = ['| rule | category | severity | meaning |', '| --- | --- | --- | --- |', ...rows];
  const sections = [...RULES].map(([id, rule]) => section(id, rule));
  return `${[HEAD, table.join('\n'), ...sections].join('\n\n')}\n`;
}

/** The example of a rule, and the finding that it gives. Throws where it gives none. */
export function exampleOf(id: RuleId): { readonly example: Example; readonly finding: Finding } {
  const example = EXAMPLES.find(({ rule }) => rule === id);
  const findings = example ? findingsOf(example) : [];
  const finding = findings.find(({ rule }) => rule === id);
  if (!example || !finding) {
    const others = findings.map(({ rule, severity }) => `${severity} ${rule}`).join(', ');
    throw new Error(`no example gives ${id} (it gives: ${others || 'nothing'})`);
  }
  return { example, finding };
}

function section(id: RuleId, { category, weight, means, why, advice }: Rule): string {
  const { example, finding } = exampleOf(id);
  const shown = example.shown ?? 3;
  return [
    `## ${id}`,
    `${means} ${why}`,
    `- **Category:** ${category}\n- **Severity:** ${weight}\n- **What to do:** ${advice}`,
    `Before:\n\n${block(example.baseline(shown), shown)}`,
    `After, in all calls or some:\n\n${block(example.candidate(shown), shown)}`,
    ...required(example),
    `Finding (${finding.severity}) of ${forMarkdown(finding.operation)}: ${forMarkdown(finding.summary)}`,
    `To accept it: \`wireproof accept report.json --rule ${id} --reason TEXT --expires DATE\` ([more](configuration.md#differences-that-are-meant-accept)).`,
  ].join('\n\n');
}

function required({ require = [] }: Example): string[] {
  const lines = require.map(({ operation, minCalls, maxP95, maxP99, maxErrorShare }) => [
    `- operation: ${operation}`,
    ...(minCalls === undefined ? [] : [`  min-calls: ${minCalls}`]),
    ...(maxP95 === undefined ? [] : [`  max-p95: ${maxP95}ms`]),
    ...(maxP99 === undefined ? [] : [`  max-p99: ${maxP99}ms`]),
    ...(maxErrorShare === undefined ? [] : [`  max-error-share: ${maxErrorShare}`]),
  ]);
  if (lines.length === 0) return [];
  return [
    ['With:\n\n```yaml', 'require:', ...lines.flat().map((line) => `  ${line}`), '```'].join('\n'),
  ];
}

function block(handled: Handled, i: number): string {
  const lines = [
    `${methodOf(handled)} ${pathOf(handled, i)}`,
    ...message(handled.requestHeaders, handled.request),
    `→ ${handled.status ?? '200'}${handled.latency === undefined ? '' : ` after ${handled.latency} ms`}`,
    ...message(handled.responseHeaders, handled.response),
    ...(handled.makes ?? []).flatMap((one) => [
      `  calls ${one.to}: ${one.protocol ? '' : `${one.method} `}${one.path}${one.protocol ? '' : ` → ${one.status ?? '200'}`}`,
      ...Object.entries(one.headers ?? {}).map(([name, value]) => `    ${name}: ${value}`),
    ]),
  ];
  return ['```text', ...lines, '```'].join('\n');
}

function message(
  headers: Readonly<Record<string, string>> | undefined,
  body: unknown,
): readonly string[] {
  const told = [...headersOf(headers, body)].map(([name, value]) => `  ${name}: ${value}`);
  return body === undefined ? told : [...told, `  ${textOf(body)}`];
}

/** As GitHub makes it of a heading. */
function anchor(id: string): string {
  return id.replaceAll('.', '');
}

if (import.meta.main) writeFileSync('docs/rules.md', rulesPage());
