import type { Comparison } from '../compare/compare.ts';
import type { CaptureStats } from '../profile/capture-stats.ts';
import { wholePercent } from '../support/quantity.ts';
import { healthOf } from './capture-health.ts';
import { doubtCalls } from './doubted.ts';
import type { Judgement, Verdict } from './judgement.ts';
import { summarise } from './summary.ts';

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
  comparison: Pick<Comparison, 'findings' | 'coverage' | 'graph'> & Pick<Judgement, 'operations'>,
  base: CaptureStats,
  cand: CaptureStats,
  policy: Policy = DEFAULT_POLICY,
): Judgement {
  const { coverage, graph, operations } = comparison;
  const health = healthOf(base, cand, coverage);
  const { findings, doubted } = doubtCalls(comparison.findings, health.baseline, health.candidate);
  const capture = {
    baseline: summarise(base, health.baseline),
    candidate: summarise(cand, health.candidate),
  };
  const breaking = findings.filter((finding) => finding.severity === 'breaking');
  const gaps = [
    ...capture.baseline.problems.map(({ message }) => `baseline capture: ${message}`),
    ...capture.candidate.problems.map(({ message }) => `candidate capture: ${message}`),
  ];
  if (doubted.length > 0) {
    const [first] = doubted;
    gaps.push(
      `${doubted.length} ${doubted.length === 1 ? 'difference' : 'differences'} in the calls made can't be told from that, the first: ${first?.operation}: ${first?.summary}`,
    );
  }
  for (const { rule, severity, operation, summary, undecided } of findings) {
    if (rule === 'coverage.required-missing') gaps.push(`${operation}: ${summary}`);
    if (undecided !== undefined && severity === 'warning')
      gaps.push(`${operation}: ${undecided}: ${summary}`);
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
  return {
    schemaVersion: 1,
    verdict,
    reasons,
    findings,
    ...(graph && { graph }),
    ...(operations && { operations }),
    coverage,
    capture,
  };
}
