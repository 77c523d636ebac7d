import { nearest } from '../support/nearest.ts';
import { counted } from '../support/quantity.ts';
import { INTERVAL_LEVEL } from './family-result.ts';
import type { Finding, Interval } from './finding.ts';
import type { OperationPair } from './pairs.ts';
import { isMeant, type Requirement } from './requirement.ts';
import { binomialLower, binomialUpper } from './stats/binomial.ts';
import { quantileInterval } from './stats/quantile.ts';
import { serverErrorEvidence, serverErrors } from './statuses/server-errors.ts';
import { count, ms, percent, rounded } from './words.ts';

/** Nobody mistypes a long statement, and to compare with it takes long. */
const isShort = (operation: string) => operation.length <= 200;

/**
 * What the candidate breaks of what is required, the baseline aside. A budget is broken where the
 * interval of what was measured lies above it; where only the measure itself does, it is a warning.
 */
export function judgeRequirements(
  pairs: readonly OperationPair[],
  requirements: readonly Requirement[],
): Finding[] {
  return requirements.flatMap((requirement) => {
    const meant = pairs.filter(({ operation }) => isMeant(requirement, operation));
    if (meant.length === 0) return [missing(requirement.operation, requirement, 0, 0, pairs)];
    return meant.flatMap((pair) => judgeOperation(pair, requirement));
  });
}

function judgeOperation(pair: OperationPair, requirement: Requirement): Finding[] {
  const { operation, base, cand } = pair;
  const findings: (Finding | undefined)[] = [
    latency(pair, 0.95, requirement.maxP95),
    latency(pair, 0.99, requirement.maxP99),
    errorShare(pair, requirement.maxErrorShare),
  ];
  if (cand.count < (requirement.minCalls ?? 1)) {
    findings.push(missing(operation, requirement, base.count, cand.count));
  }
  return findings.filter((finding) => finding !== undefined);
}

function missing(
  operation: string,
  { minCalls = 1 }: Requirement,
  baseline: number,
  candidate: number,
  pairs: readonly OperationPair[] = [],
): Finding {
  const seen = candidate === 0 ? 'not called' : `called only ${counted(candidate, 'time')}`;
  const near = nearest(operation, pairs.map((pair) => pair.operation).filter(isShort));
  const asked = `${counted(minCalls, 'call')} ${minCalls === 1 ? 'is' : 'are'} asked for`;
  return {
    rule: 'coverage.required-missing',
    category: 'coverage',
    severity: 'warning',
    operation,
    summary: `Required, but ${seen}: at least ${asked}${near === undefined ? '.' : `; did you mean ${near}?`}`,
    baseline,
    candidate,
    effect: null,
    interval: null,
    samples: { baseline, candidate },
    evidence: [],
  };
}

function latency(
  { operation, base, cand }: OperationPair,
  quantile: 0.95 | 0.99,
  budget: number | undefined,
): Finding | undefined {
  const all = cand.latency.total();
  const measured = all.quantile(quantile);
  if (budget === undefined || !(measured > budget)) return undefined;
  const interval = quantileInterval(all, quantile, INTERVAL_LEVEL);
  const before = base.latency.total();
  const name = quantile === 0.95 ? 'P95' : 'P99';
  const sure = interval.low !== null && interval.low > budget;
  return {
    rule: quantile === 0.95 ? 'budget.p95-exceeded' : 'budget.p99-exceeded',
    category: 'performance',
    severity: sure ? 'breaking' : 'warning',
    operation,
    path: name,
    summary: `${name} is ${ms(measured)}; at most ${ms(budget)} is required.${sure ? '' : ` Too few calls to be sure (${all.count}).`}`,
    baseline: before.count === 0 ? null : rounded(before.quantile(quantile)),
    candidate: rounded(measured),
    effect: rounded(measured / budget),
    interval: scaled(interval, budget),
    samples: { baseline: before.count, candidate: all.count },
    evidence: cand.slowest.calls.map(([callId, value]) => ({
      callId,
      side: 'candidate',
      note: ms(value),
    })),
  };
}

function errorShare(
  { operation, family, base, cand }: OperationPair,
  budget: number | undefined,
): Finding | undefined {
  const failed = serverErrors(cand, family.protocol);
  const share = failed / cand.count;
  if (budget === undefined || !(share > budget)) return undefined;
  const level = (1 + INTERVAL_LEVEL) / 2;
  const low = binomialLower(failed, cand.count, level);
  const high = binomialUpper(failed, cand.count, level);
  const sure = low > budget;
  return {
    rule: 'budget.error-share-exceeded',
    category: 'new-error',
    severity: sure ? 'breaking' : 'warning',
    operation,
    summary: `${percent(share)} of the calls fail by the server's fault (${count(failed, cand.count)}); at most ${percent(budget)} is required.${sure ? '' : ' Too few calls to be sure.'}`,
    baseline: serverErrors(base, family.protocol),
    candidate: failed,
    effect: rounded(share - budget),
    interval: { low: rounded(low - budget), high: rounded(high - budget), level: INTERVAL_LEVEL },
    samples: { baseline: base.count, candidate: cand.count },
    evidence: serverErrorEvidence(cand, family.protocol),
  };
}

/** An interval of a measure as one of its ratio to the budget. */
function scaled({ low, high, level }: Interval, budget: number): Interval {
  const ratio = (end: number | null) => (end === null ? null : rounded(end / budget));
  return { low: ratio(low), high: ratio(high), level };
}
