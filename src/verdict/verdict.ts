import type { Comparison } from '../compare/compare.ts';
import { bySeverity } from '../compare/severity.ts';
import type { CaptureStats } from '../profile/capture-stats.ts';
import { wholePercent } from '../support/quantity.ts';
import { policyReasons } from './acceptance-reasons.ts';
import { type Acceptances, accept } from './acceptances.ts';
import { healthOf } from './capture-health.ts';
import { coverageGap } from './coverage-gap.ts';
import { doubtLookAlikes } from './doubted.ts';
import { setAside } from './ignored.ts';
import type { Judgement, Verdict } from './judgement.ts';
import { lostShare } from './lost-spans.ts';
import { unreadTalks } from './opaque-talks.ts';
import { openQuestion } from './open-question.ts';
import { DEFAULT_POLICY, type Policy } from './policy.ts';
import { unseenReasons } from './sources.ts';
import { summarise } from './summary.ts';
import { lastDay } from './today.ts';
import { foldWholeWorkloads } from './whole-workload.ts';

/**
 * The verdict: FAIL on a breaking finding that nobody accepted; INCONCLUSIVE when either capture is less
 * than whole or too little of the baseline could be compared or of what is required was called; else
 * PASS. `today` (YYYY-MM-DD, UTC) is the day for which acceptances must hold: that of the candidate's
 * last call, where unsaid.
 */
export function judge(
  comparison: Pick<Comparison, 'findings' | 'coverage' | 'graph'> & Pick<Judgement, 'operations'>,
  base: CaptureStats,
  cand: CaptureStats,
  policy: Policy = DEFAULT_POLICY,
  today: string | undefined = lastDay(cand),
): Judgement {
  const { coverage, graph, operations } = comparison;
  const health = healthOf(base, cand, coverage, comparison.findings);
  const { kept, ignored } = setAside(comparison.findings, policy.allowances);
  const { findings: weighed, doubted: allDoubted } = doubtLookAlikes(
    kept.toSorted((a, b) => bySeverity(b.severity, a.severity)),
    health.baseline,
    health.candidate,
    lostShare(base, cand),
  );
  const { findings: judged, acceptances } = accept(weighed, policy, today);
  const findings = foldWholeWorkloads(judged, coverage);
  const doubted = accept(allDoubted, policy, today).findings.filter(({ accepted }) => !accepted);
  const counting = findings.filter(({ accepted }) => !accepted);
  const capture = {
    baseline: summarise(base, health.baseline),
    candidate: summarise(cand, health.candidate),
  };
  const breaking = counting.filter((finding) => finding.severity === 'breaking');
  const gaps = [
    ...capture.baseline.problems.map(({ message }) => `baseline capture: ${message}`),
    ...capture.candidate.problems.map(({ message }) => `candidate capture: ${message}`),
  ];
  if (doubted.length > 0) {
    const [first] = doubted;
    const where = doubted.every(({ rule }) => rule.startsWith('call.')) ? ' in the calls made' : '';
    gaps.push(
      `${doubted.length} ${doubted.length === 1 ? 'difference' : 'differences'}${where} can't be told from that, the first: ${first?.operation}: ${first?.summary}`,
    );
  }
  for (const finding of counting) {
    const { rule, severity, operation, summary } = finding;
    if (rule === 'coverage.required-missing' && severity !== 'info')
      gaps.push(`${operation}: ${summary}`);
    const why = openQuestion(finding);
    if (why !== undefined) gaps.push(`${operation}: ${why}: ${summary}`);
  }
  const thin = coverageGap(coverage, policy.minCoverage);
  if (thin !== undefined) gaps.push(thin);
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
      `no breaking difference${counting.length < findings.length ? ' but what is accepted' : ''} in ${coverage.operations.compared} operations that hold ${wholePercent(coverage.comparedShare)} of the baseline's calls`,
    );
  }
  reasons.push(...gaps);
  if (verdict !== 'FAIL') reasons.push(...unseenReasons(base, cand), ...unreadTalks(base, cand));
  reasons.push(...policyReasons(findings, ignored, acceptances, policy));
  return {
    schemaVersion: 1,
    verdict,
    reasons,
    findings,
    ...(ignored.length > 0 && { ignored }),
    ...(hasAny(acceptances) && { acceptances }),
    ...(graph && { graph }),
    ...(operations && { operations }),
    coverage,
    capture,
  };
}

function hasAny({ unused, expired, untrusted }: Acceptances): boolean {
  return unused.length + expired.length + untrusted.length > 0;
}
