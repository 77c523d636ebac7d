import type { Judgement } from '../verdict/judgement.ts';
import { operationCases, type TestCase, verdictCase } from './junit-cases.ts';
import { counted } from './words.ts';

/** GitLab reads no more than 30 MB of a file; people read less. */
const MAX_BYTES = 10_000_000;
const MAX_CASES = 5_000;
/** Of the elements and attributes around a test's own text. */
const FRAME_BYTES = 300;

const WEIGHT = { error: 0, failure: 1, skipped: 2, passed: 3 } as const;

/** Attributes, whose names begin with `@`, then text and elements, by name. */
type Element = Record<string, unknown>;

/**
 * The report as JUnit XML, as Jenkins, GitLab and their like read it: a suite a workload, a test an
 * operation, and the verdict as a test of its own. Bounded: failures first, the rest counted.
 */
export async function renderJunit(judgement: Judgement): Promise<string> {
  const { default: XMLBuilder } = await import('fast-xml-builder');
  const all = operationCases(judgement);
  const kept = withinBounds(all);
  const left = all.length - kept.length;
  const told = left > 0 ? [`${counted(left, 'more test')} left out here: report.json has all`] : [];
  const suites = Map.groupBy(kept, ({ suite }) => suite);
  const cases = [verdictCase(judgement, told), ...kept];
  const verdict = { verdict: judgement.verdict, 'left-out': String(left) };
  return new XMLBuilder({
    attributeNamePrefix: '@',
    ignoreAttributes: false,
    suppressBooleanAttributes: false,
    suppressEmptyNode: true,
    format: true,
  }).build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuites: {
      '@name': 'Wireproof',
      ...totals(cases, ['tests', 'failures', 'errors']),
      '@time': '0',
      testsuite: [
        suiteOf('Wireproof verdict', cases.slice(0, 1), verdict),
        ...[...suites].map(([name, tests]) => suiteOf(name, tests)),
      ],
    },
  });
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
  return FRAME_BYTES + Buffer.byteLength(texts.replace(/[&<>"']/g, '&quot;'));
}

function suiteOf(
  name: string,
  cases: readonly TestCase[],
  properties: Readonly<Record<string, string>> = {},
): Element {
  const list = Object.entries(properties);
  return {
    '@name': name,
    ...totals(cases, ['tests', 'failures', 'errors', 'skipped']),
    '@time': '0',
    ...(list.length > 0 && {
      properties: { property: list.map(([name, value]) => ({ '@name': name, '@value': value })) },
    }),
    testcase: cases.map(caseOf),
  };
}

function caseOf(one: TestCase): Element {
  const { name, outcome, type = outcome, message = '', details = [], output = [] } = one;
  const told = { '@type': type, '@message': message };
  return {
    '@classname': className(one),
    '@name': name,
    '@time': '0',
    ...(outcome !== 'passed' && { [outcome]: { ...told, ...textOf(details) } }),
    ...(output.length > 0 && { 'system-out': textOf(output) }),
  };
}

function textOf(lines: readonly string[]): Element {
  return lines.length === 0 ? {} : { '#text': lines.join('\n') };
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
  return Object.fromEntries(wanted.map((name) => [`@${name}`, String(all[name])]));
}
