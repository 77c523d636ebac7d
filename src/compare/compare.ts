import type { Profile } from '../profile/profile.ts';
import { tellBatches } from './calls/batches.ts';
import { destinationsOf } from './calls/destinations.ts';
import { compareCalls } from './calls/index.ts';
import { knowTalks } from './calls/opaque-talks.ts';
import { allOutcomes } from './calls/pair.ts';
import { unnamedCallers } from './calls/unnamed-callers.ts';
import { nameCalleeCauses } from './causes/callees.ts';
import { nameCallsMadeCauses } from './causes/calls-made.ts';
import { nameCredentialCauses } from './causes/credentials.ts';
import { nameFieldCauses } from './causes/fields.ts';
import { foldEffects } from './causes/fold.ts';
import { nameLookupCauses } from './causes/lookups.ts';
import { nameNewlyCalledCauses } from './causes/newly-called.ts';
import { namePublishedCauses } from './causes/published.ts';
import { nameReplacements } from './causes/replaced.ts';
import { nameSiblingCauses } from './causes/siblings.ts';
import { tellStoreCalls } from './causes/store-calls.ts';
import { nameToldErrorCauses } from './causes/told-errors.ts';
import { nameTransactionCauses } from './causes/transactions.ts';
import { type Coverage, coverageFindings, measureCoverage } from './coverage.ts';
import { compareEdges, type GraphChange } from './edge-changes.ts';
import type { CompareOptions, FamilyResult } from './family-result.ts';
import type { Finding, NotChecked } from './finding.ts';
import { compareLatency } from './latency/index.ts';
import { compareMessagesOf } from './messages.ts';
import { weighMoments } from './moments.ts';
import { tellDeliveries } from './own-work/deliveries.ts';
import { compareOwnWork } from './own-work/index.ts';
import { type Pairing, pairOperations } from './pairs.ts';
import { byWeight } from './severity.ts';
import { shownBy } from './shown.ts';
import { compareErrors } from './statuses/index.ts';
import { compareSuccessStatuses } from './statuses/success-statuses.ts';
import { compareUnknown } from './statuses/unknown-errors.ts';

export interface Comparison {
  /** Worst first, then by operation, rule and path. */
  readonly findings: readonly Finding[];
  readonly coverage: Coverage;
  /** Of what could not be checked, what is for want of the callers' names: no PASS goes without a word of it. */
  readonly unnamedCallers?: readonly NotChecked[];
  /** The call graph around the edges that findings touch; absent when they touch none. */
  readonly graph?: GraphChange;
  /** The operations side by side, for what looks closer. */
  readonly pairing: Pairing;
}

/** Every difference between two profiles that the evidence supports, and what could not be judged. */
export function compareProfiles(base: Profile, cand: Profile, options: CompareOptions): Comparison {
  const { minSamples } = options;
  const pairing = pairOperations(base, cand, options.hints);
  const { pairs, name, background } = pairing;
  const all = pairs.map((pair) => allOutcomes(pair, name));
  const called = destinationsOf(all, background);
  const talks = { base: base.capture.talks, cand: cand.capture.talks };
  knowTalks(called.base, talks.base);
  const shown = shownBy([base.capture, cand.capture]);
  const timeRatio = timeWithCalls(cand) / timeWithCalls(base);
  const families: FamilyResult[] = [
    compareMessagesOf(pairs, options),
    compareErrors(pairs, options),
    compareUnknown(pairs),
    compareSuccessStatuses(pairs, options),
    compareLatency(pairs, options),
    compareCalls(pairing, { all, called, minSamples, talks, shown, timeRatio }),
    compareOwnWork(pairing, called.base, timeRatio, shown),
  ];
  let found: readonly Finding[] = families.flatMap((family) => family.findings);
  found = weighMoments(found, pairing);
  found = nameFieldCauses(namePublishedCauses(nameSiblingCauses(nameLookupCauses(found))));
  found = tellStoreCalls(found, pairing);
  found = tellBatches(found, pairing);
  found = tellDeliveries(found, pairing);
  found = nameReplacements(nameTransactionCauses(found, pairing), pairing);
  found = nameNewlyCalledCauses(nameCredentialCauses(found));
  found = nameCalleeCauses(found, pairing);
  found = nameToldErrorCauses(nameCallsMadeCauses(found, pairing));
  const findings = [...foldEffects(found), ...coverageFindings(pairs, minSamples)].sort(byWeight);
  const graph = compareEdges(findings, pairing);
  const unnamed = shown.namesByAddress ? unnamedCallers(background) : [];
  const notChecked = [...families.flatMap((family) => family.notChecked), ...unnamed];
  return {
    findings,
    coverage: measureCoverage(pairs, options, notChecked),
    ...(unnamed.length > 0 && { unnamedCallers: unnamed }),
    ...(graph && { graph }),
    pairing,
  };
}

/** ms of the cells of time that hold a call; 1 where there is none. */
function timeWithCalls({ capture }: Profile): number {
  const { whole, width } = capture.timeline;
  return Math.max(1, whole.size * width);
}
