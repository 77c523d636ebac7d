import type { Comparison } from '../compare/compare.ts';
import type { CaptureStats } from '../profile/capture-stats.ts';
import { captureProblems } from './capture-health.ts';
import type { CaptureSummary, Judgement, Verdict } from './judgement.ts';

export interface Policy {
  /** Share (0…1) of the baseline's calls that must lie in compared operations for a PASS. */
  readonly minCoverage: number;
}

export const DEFAULT_POLICY: Policy = { minCoverage: 0.9 };

/**
 * The verdict: FAIL on a breaking finding; INCONCLUSIVE when either capture is less than whole or
 * too little of the baseline could be compared or of what is required was called; else PASS.
 */
export function judge(
  comparison: Pick<Comparison, 'findings' | 'coverage'>,
  base: CaptureStats,
  cand: CaptureStats,
  policy: Policy = DEFAULT_POLICY,
): Judgement {
  const capture = { baseline: summarise(base), candidate: summarise(cand) };
  const { findings, coverage } = comparison;
  const breaking = findings.filter((finding) => finding.severity === 'breaking');
  const gaps = [
    ...capture.baseline.problems.map(({ message }) => `baseline capture: ${message}`),
    ...capture.candidate.problems.map(({ message }) => `candidate capture: ${message}`),
  ];
  for (const { rule, operation, summary } of findings) {
    if (rule === 'coverage.required-missing') gaps.push(`${operation}: ${summary}`);
  }
  if (coverage.comparedShare < policy.minCoverage) {
    gaps.push(
      `only ${wholePercent(coverage.comparedShare)} of the baseline's calls lie in operations with enough calls on both sides (${wholePercent(policy.minCoverage)} needed)`,
    );
  }
  let verdict: Verdict = 'PASS';
  const reasons: string[] = [];
  if (breaking.length > 0) {
    verdict = 'FAIL';
    reasons.push(
      `${breaking.length} breaking ${breaking.length === 1 ? 'difference' : 'differences'}, the first: ${breaking[0]?.operation}: ${breaking[0]?.summary}`,
    );
  } else if (gaps.length > 0) {
    verdict = 'INCONCLUSIVE';
  } else {
    reasons.push(
      `no breaking difference in ${coverage.operations.compared} operations that hold ${wholePercent(coverage.comparedShare)} of the baseline's calls`,
    );
  }
  reasons.push(...gaps);
  return { schemaVersion: 1, verdict, reasons, findings, coverage, capture };
}

function summarise(stats: CaptureStats): CaptureSummary {
  const { calls, duplicates, badRecords, start, end, bodies } = stats;
  return {
    calls,
    duplicates,
    badRecords,
    start,
    end,
    bodies: { whole: bodies.whole + bodies.binary, cut: bodies.cut, redacted: bodies.redacted },
    problems: captureProblems(stats),
  };
}

/** Rounds down: 89.6 % must not read as the 90 % that was needed. */
function wholePercent(share: number): string {
  return `${Math.floor(share * 100)} %`;
}
