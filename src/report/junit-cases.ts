import { workloadOf } from '../calls/operation.ts';
import type { Finding } from '../compare/finding.ts';
import { visible } from '../support/escape.ts';
import { byCodeUnit } from '../support/json.ts';
import type { Judgement } from '../verdict/judgement.ts';
import { findingLines } from './finding-lines.ts';
import { acceptedWords } from './policy-words.ts';
import { counted, grouped } from './words.ts';

/** What JUnit's readers tell apart: at most one of them is shown of a test. */
type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

export interface TestCase {
  /** The workload whose operation it is. */
  readonly suite: string;
  readonly name: string;
  readonly outcome: Outcome;
  /** The rule, or a word for what it is. */
  readonly type?: string;
  readonly message?: string;
  /** Lines about the outcome. */
  readonly details?: readonly string[];
  /** Lines that stand beside it, whatever the outcome. */
  readonly output?: readonly string[];
}

/** Findings of one operation that are told whole. */
const MAX_FINDINGS = 20;

/** The verdict as a test: a reader of nothing else must not take INCONCLUSIVE for a pass. */
export function verdictCase({ verdict, reasons }: Judgement, output: readonly string[]): TestCase {
  const told = reasons.slice(0, 50).map((reason) => visible(reason));
  const details = [...told, ...more(reasons.length - told.length, 'reason')];
  const named = { suite: 'Wireproof', name: 'Wireproof verdict' };
  if (verdict === 'PASS') return { ...named, outcome: 'passed', output: [...details, ...output] };
  const outcome = verdict === 'FAIL' ? 'failure' : 'error';
  const message = `${verdict}: ${told[0] ?? 'no reason is told'}`;
  return { ...named, outcome, type: `verdict.${verdict.toLowerCase()}`, message, details, output };
}

/**
 * A test an operation: failed by its breaking findings, skipped where it had too few calls, else
 * passed, by one name throughout, so that a reader can tell since when it fails. And a skipped test a
 * finding that is accepted.
 */
export function operationCases({ findings, coverage }: Judgement): TestCase[] {
  const counting = Map.groupBy(
    findings.filter(({ accepted }) => accepted === undefined),
    ({ operation }) => operation,
  );
  const notCovered = new Map(coverage.notCovered.map((one) => [one.operation, one]));
  const operations = new Set([
    ...coverage.compared.map(({ operation }) => operation),
    ...counting.keys(),
    ...notCovered.keys(),
  ]);
  const cases = [...operations].map((operation) =>
    operationCase(operation, counting.get(operation) ?? [], notCovered.get(operation)),
  );
  for (const finding of findings) if (finding.accepted) cases.push(acceptedCase(finding));
  return cases.sort((a, b) => byCodeUnit(a.suite, b.suite) || byCodeUnit(a.name, b.name));
}

function operationCase(
  operation: string,
  findings: readonly Finding[],
  tooFew: { readonly baseline: number; readonly candidate: number } | undefined,
): TestCase {
  const named = { suite: suiteOf(operation), name: visible(operation) };
  const breaking = findings.filter(({ severity }) => severity === 'breaking');
  const others = findings.filter(({ severity }) => severity !== 'breaking');
  const output = linesOf(others);
  const [first] = breaking;
  if (first) {
    const left = breaking.length - 1;
    const rest = left > 0 ? ` (and ${counted(left, 'more breaking difference')})` : '';
    const message = `${visible(first.summary)}${rest}`;
    return {
      ...named,
      outcome: 'failure',
      type: first.rule,
      message,
      details: linesOf(breaking),
      output,
    };
  }
  if (tooFew) {
    const { baseline, candidate } = tooFew;
    const message = `not judged: ${grouped(baseline)} → ${grouped(candidate)} calls are too few`;
    return { ...named, outcome: 'skipped', type: 'not-covered', message, output };
  }
  return { ...named, outcome: 'passed', output };
}

function acceptedCase(finding: Finding): TestCase {
  const { operation, rule, path, accepted } = finding;
  const place = path === undefined ? '' : ` at ${path}`;
  return {
    suite: suiteOf(operation),
    name: visible(`${operation}: ${rule}${place}`),
    outcome: 'skipped',
    type: 'accepted',
    message: accepted ? visible(acceptedWords(accepted)) : '',
    output: linesOf([finding]),
  };
}

function linesOf(findings: readonly Finding[]): string[] {
  const lines = findings.slice(0, MAX_FINDINGS).flatMap(findingLines);
  return [...lines, ...more(findings.length - MAX_FINDINGS, 'finding')];
}

function more(left: number, noun: string): string[] {
  return left > 0 ? [`… and ${counted(left, `more ${noun}`)} (report.json has all)`] : [];
}

function suiteOf(operation: string): string {
  return visible(workloadOf(operation) || 'unnamed', 100);
}
