import type { create } from 'xmlbuilder2';
import type { Judgement } from '../verdict/judgement.ts';
import { operationCases, type TestCase, verdictCase } from './junit-cases.ts';
import { counted } from './words.ts';

/** GitLab reads no more than 30 MB of a file; people read less. */
const MAX_BYTES = 10_000_000;
const MAX_CASES = 5_000;
/** Of the elements and attributes around a test's own text. */
const FRAME_BYTES = 300;

const WEIGHT = { error: 0, failure: 1, skipped: 2, passed: 3 } as const;

type Element = ReturnType<typeof create>;

/**
 * The report as JUnit XML, as Jenkins, GitLab and their like read it: a suite a workload, a test an
 * operation, and the verdict as a test of its own. Bounded: failures first, the rest counted.
 */
export async function renderJunit(judgement: Judgement): Promise<string> {
  const { create } = await import('xmlbuilder2');
  const all = operationCases(judgement);
  const kept = withinBounds(all);
  const left = all.length - kept.length;
  const told = left > 0 ? [`${counted(left, 'more test')} left out here: report.json has all`] : [];
  const suites = Map.groupBy(kept, ({ suite }) => suite);
  const cases = [verdictCase(judgement, told), ...kept];
  const root = create({ version: '1.0', encoding: 'UTF-8' }).ele('testsuites', {
    name: 'Wireproof',
    ...totals(cases, ['tests', 'failures', 'errors']),
    time: '0',
  });
  addSuite(root, 'Wireproof verdict', cases.slice(0, 1), {
    verdict: judgement.verdict,
    'left-out': String(left),
  });
  for (const [name, tests] of suites) addSuite(root, name, tests);
  return `${root.end({ prettyPrint: true })}\n`;
}

/** As many tests as fit, those that fail first, in their order. */
function withinBounds(all: readonly TestCase[]): TestCase[] {
  const kept = new Set<TestCase>();
  let left = MAX_BYTES;
  for (const one of all.toSorted((a, b) => WEIGHT[a.outcome] - WEIGHT[b.outcome])) {
    left -= bytesOf(one);
    if (left < 0 || kept.size === MAX_CASES) break;
    kept.add(one);
  }
  return all.filter((one) => kept.has(one));
}

function bytesOf({ suite, name, type, message, details, output }: TestCase): number {
  const texts = [suite, name, type, message, ...(details ?? []), ...(output ?? [])].join('\n');
  return FRAME_BYTES + Buffer.byteLength(texts.replace(/[&<>"]/g, '&quot;'));
}

function addSuite(
  root: Element,
  name: string,
  cases: readonly TestCase[],
  properties: Readonly<Record<string, string>> = {},
): void {
  const attributes = totals(cases, ['tests', 'failures', 'errors', 'skipped']);
  const suite = root.ele('testsuite', { name: verbatim(name), ...attributes, time: '0' });
  const list = Object.entries(properties);
  if (list.length > 0) {
    const element = suite.ele('properties');
    for (const [key, value] of list) element.ele('property', { name: key, value });
  }
  for (const one of cases) addCase(suite, one);
}

function addCase(suite: Element, one: TestCase): void {
  const { name, outcome, type = outcome, message = '', details, output } = one;
  const named = { classname: verbatim(className(one)), name: verbatim(name), time: '0' };
  const element = suite.ele('testcase', named);
  if (outcome !== 'passed') {
    const told = element.ele(outcome, { type, message: verbatim(message) });
    if (details && details.length > 0) told.txt(verbatim(details.join('\n')));
  }
  if (output && output.length > 0) element.ele('system-out').txt(verbatim(output.join('\n')));
}

/** The writer takes `&lol;` for a reference meant as such, and a file with one nobody declared is no XML. */
function verbatim(text: string): string {
  return text.replaceAll('&', '&amp;');
}

/** Jenkins takes dots for packages: the dots of a host name are none. */
function className({ suite }: TestCase): string {
  return suite === 'Wireproof' ? 'wireproof' : `wireproof.${suite.replaceAll('.', '_')}`;
}

type Total = 'tests' | 'failures' | 'errors' | 'skipped';

function totals(cases: readonly TestCase[], wanted: readonly Total[]): Record<string, string> {
  const count = (outcome: TestCase['outcome']) =>
    cases.filter((one) => one.outcome === outcome).length;
  const all: Record<Total, number> = {
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  };
  return Object.fromEntries(wanted.map((name) => [name, String(all[name])]));
}
