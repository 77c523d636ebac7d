import type { Profile } from '../profile/profile.ts';
import { byCodeUnit } from '../support/json.ts';
import { type CallsPair, compareCalls } from './calls/index.ts';
import { type Coverage, coverageFindings, measureCoverage } from './coverage.ts';
import { compareErrors } from './errors.ts';
import type { CompareOptions, FamilyResult } from './family-result.ts';
import type { Finding, Severity } from './finding.ts';
import { foldFindings } from './fold.ts';
import { compareLatency } from './latency.ts';
import { compareMessagesOf } from './messages.ts';
import { type Pairing, pairOperations } from './pairs.ts';
import { foldQueries } from './store-queries.ts';
import { compareSuccessStatuses } from './success-statuses.ts';

export interface Comparison {
  /** Worst first, then by operation, rule and path. */
  readonly findings: readonly Finding[];
  readonly coverage: Coverage;
  /** The operations side by side, for what looks closer. */
  readonly pairing: Pairing;
}

const ORDER: Readonly<Record<Severity, number>> = { breaking: 0, warning: 1, info: 2 };

/** Every difference between two profiles that the evidence supports, and what could not be judged. */
export function compareProfiles(base: Profile, cand: Profile, options: CompareOptions): Comparison {
  const pairing = pairOperations(base, cand);
  const { pairs, name } = pairing;
  const calls: CallsPair[] = pairs.map((pair) => ({
    operation: pair.operation,
    base: pair.base.fanout,
    cand: pair.cand.fanout,
    baseCount: pair.base.count,
    candCount: pair.cand.count,
  }));
  const edges = { base: base.background, cand: cand.background };
  const families: FamilyResult[] = [
    compareMessagesOf(pairs, options),
    compareErrors(pairs, options),
    compareSuccessStatuses(pairs, options),
    compareLatency(pairs, options),
    compareCalls(calls, { minSamples: options.minSamples, name, edges }),
  ];
  const found = foldQueries(
    families.flatMap((family) => family.findings),
    calls,
    name,
  );
  const findings = [
    ...foldFindings(found, pairs, name),
    ...coverageFindings(pairs, options.minSamples),
  ];
  const notChecked = families.flatMap((family) => family.notChecked);
  return {
    findings: findings.toSorted(byWeight),
    coverage: measureCoverage(pairs, options.minSamples, notChecked),
    pairing,
  };
}

/** Worst first, then by operation, rule and path. */
export function byWeight(a: Finding, b: Finding): number {
  return (
    ORDER[a.severity] - ORDER[b.severity] ||
    byCodeUnit(a.operation, b.operation) ||
    byCodeUnit(a.rule, b.rule) ||
    byCodeUnit(a.path ?? '', b.path ?? '')
  );
}
