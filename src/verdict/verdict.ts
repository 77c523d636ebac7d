import type { Comparison } from '../compare/compare.ts';
import type { Coverage } from '../compare/coverage.ts';
import type { Finding } from '../compare/finding.ts';
import { printed } from '../compare/printed-finding.ts';
import { bySeverity } from '../compare/severity.ts';
import type { CaptureStats } from '../profile/capture-stats.ts';
import { counted, wholePercent } from '../support/quantity.ts';
import { policyReasons } from './acceptance-reasons.ts';
import { type Acceptances, accept } from './acceptances.ts';
import { healthOf } from './capture-health.ts';
import { unknownOperations } from './coverage-gap.ts';
import { doubtLookAlikes } from './doubted.ts';
import { gapsOf } from './gaps.ts';
import { setAside } from './ignored.ts';
import type { Judgement, Verdict } from './judgement.ts';
import { lostShare } from './lost-spans.ts';
import { mixedUpReasons } from './mixed-up.ts';
import { unreadTalks } from './opaque-talks.ts';
import { DEFAULT_POLICY, type Policy } from './policy.ts';
import { foldSameChanges } from './same-change.ts';
import { unseenReasons } from './sources.ts';
import { summarise } from './summary.ts';
import { lastDay } from './today.ts';
import { foldWholeWorkloads } from './whole-workload.ts';

type Compared = Pick<Comparison, 'findings' | 'coverage' | 'unnamedCallers' | 'graph'> &
  Pick<Judgement, 'operations'>;

/**
 * The verdict: FAIL on a breaking finding that nobody accepted; INCONCLUSIVE when either capture is less
 * than whole or too little of the baseline could be compared or of what is required was called; else
 * PASS. `today` (YYYY-MM-DD, UTC) is the day for which acceptances must hold: that of the candidate's
 * last call, where unsaid.
 */
export function judge(
  comparison: Compared,
  base: CaptureStats,
  cand: CaptureStats,
  policy: Policy = DEFAULT_POLICY,
  today: string | undefined = lastDay(cand),
): Judgement {
  const { coverage, graph, operations } = comparison;
  const health = healthOf(base, cand, coverage, comparison.findings);
  const { kept, ignored, idle } = setAside(comparison.findings, policy.allowances);
  const { findings: weighed, doubted: allDoubted } = doubtLookAlikes(
    kept.toSorted((a, b) => bySeverity(b.severity, a.severity)),
    health.baseline,
    health.candidate,
    lostShare(base, cand),
  );
  const { findings: judged, acceptances } = accept(weighed, policy, today);
  const findings = foldWholeWorkloads(foldSameChanges(judged), coverage);
  const doubted = accept(allDoubted, policy, today).findings.filter(({ accepted }) => !accepted);
  const counting = findings.filter(({ accepted }) => !accepted);
  const capture = {
    baseline: summarise(base, health.baseline),
    candidate: summarise(cand, health.candidate),
  };
  const breaking = counting.filter((finding) => finding.severity === 'breaking');
  const { minCoverage } = policy;
  const gaps = gapsOf({ capture, findings: counting, doubted, coverage, minCoverage });
  const verdict = verdictOf(breaking.length, gaps.length);
  const reasons = [
    ...breakingReason(breaking),
    ...gaps,
    ...(verdict === 'PASS' ? [passReason(coverage, counting.length < findings.length)] : []),
    ...mixedUpReasons(base, cand),
    ...(verdict === 'FAIL' ? [] : unseenIn(comparison, base, cand)),
    ...policyReasons(findings, { ignored, idle }, acceptances, policy),
  ];
  return {
    schemaVersion: 1,
    verdict,
    reasons,
    findings: findings.map(printed),
    ...(ignored.length > 0 && { ignored }),
    ...(hasAny(acceptances) && { acceptances }),
    ...(graph && { graph }),
    ...(operations && { operations }),
    coverage,
    capture,
  };
}

function verdictOf(breaking: number, gaps: number): Verdict {
  if (breaking > 0) return 'FAIL';
  return gaps > 0 ? 'INCONCLUSIVE' : 'PASS';
}

function breakingReason(breaking: readonly Finding[]): string[] {
  const [first] = breaking;
  if (!first) return [];
  return [
    `${counted(breaking.length, 'breaking difference')}, the first: ${first.operation}: ${first.summary}`,
  ];
}

function passReason({ operations, comparedShare }: Coverage, hasAccepted: boolean): string {
  const but = hasAccepted ? ' but what is accepted' : '';
  return `no breaking difference${but} in ${operations.compared} operations that hold ${wholePercent(comparedShare)} of the baseline's calls`;
}

/** What was not looked at, whatever the verdict is that it does not change. */
function unseenIn(
  { coverage, unnamedCallers = [] }: Compared,
  base: CaptureStats,
  cand: CaptureStats,
): string[] {
  return [
    ...unseenReasons(base, cand),
    ...unnamedCallers.map(({ reason }) => reason),
    ...unreadTalks(base, cand),
    ...unknownOperations(coverage),
  ];
}

function hasAny({ unused, expired, untrusted }: Acceptances): boolean {
  return unused.length + expired.length + untrusted.length > 0;
}
