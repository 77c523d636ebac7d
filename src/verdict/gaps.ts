import type { Coverage } from '../compare/coverage.ts';
import type { Finding } from '../compare/finding.ts';
import { counted } from '../support/quantity.ts';
import { coverageGap } from './coverage-gap.ts';
import type { Judgement } from './judgement.ts';
import { openQuestion } from './open-question.ts';

/** What a verdict rests on; findings and doubts without what is accepted. */
interface Grounds {
  readonly capture: Judgement['capture'];
  readonly findings: readonly Finding[];
  /** Differences that are set aside, for what is missing of the captures may have made them. */
  readonly doubted: readonly Finding[];
  readonly coverage: Coverage;
  /** Share (0…1) of the baseline's calls that must have been compared. */
  readonly minCoverage: number;
}

/** Why nothing can be cleared: in sentences, for the reasons of a verdict. */
export function gapsOf({ capture, findings, doubted, coverage, minCoverage }: Grounds): string[] {
  const thin = coverageGap(coverage, minCoverage);
  return [
    ...capture.baseline.problems.map(({ message }) => `baseline capture: ${message}`),
    ...capture.candidate.problems.map(({ message }) => `candidate capture: ${message}`),
    ...doubtedGap(doubted),
    ...findings.flatMap(openGaps),
    ...(thin === undefined ? [] : [thin]),
  ];
}

function doubtedGap(doubted: readonly Finding[]): string[] {
  const [first] = doubted;
  if (!first) return [];
  const where = doubted.every(({ rule }) => rule.startsWith('call.')) ? ' in the calls made' : '';
  return [
    `${counted(doubted.length, 'difference')}${where} can't be told from that, the first: ${first.operation}: ${first.summary}`,
  ];
}

function openGaps(finding: Finding): string[] {
  const { rule, severity, operation, summary } = finding;
  const why = openQuestion(finding);
  return [
    ...(rule === 'coverage.required-missing' && severity !== 'info'
      ? [`${operation}: ${summary}`]
      : []),
    ...(why === undefined ? [] : [`${operation}: ${why}: ${summary}`]),
  ];
}
