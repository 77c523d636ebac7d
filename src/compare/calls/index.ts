import { workloadOf } from '../../calls/operation.ts';
import type { Talks } from '../../profile/capture-talks.ts';
import type { FamilyResult } from '../family-result.ts';
import type { NotChecked } from '../finding.ts';
import type { Shown } from '../shown.ts';
import type { Sides } from '../sides.ts';
import { compareBackOff } from './back-off.ts';
import { sumsOf } from './by-itself.ts';
import { chains } from './chain.ts';
import { compareCounts } from './counts.ts';
import type { Destinations } from './destinations.ts';
import { formerHosts } from './former-hosts.ts';
import { lostHabits } from './lost-habits.ts';
import { newBackgroundDestinations, newDestinations } from './new-destinations.ts';
import { onePerCallee } from './one-per-callee.ts';
import { newTalks } from './opaque-talks.ts';
import { compareOrder } from './order.ts';
import { type CallsPair, type CallsPairing, type OutcomePair, sharedOutcomes } from './pair.ts';
import { lostAnswers, lostEchoes, lostParameters } from './passed-values.ts';
import { compareRetries } from './retries.ts';

export interface CompareCallsOptions {
  /** Every operation, its outcomes as one. */
  readonly all: readonly OutcomePair[];
  /** Whom workloads called, or talked to. */
  readonly called: Sides<Destinations>;
  /** Handled calls that each side needs before what they cause is judged. */
  readonly minSamples: number;
  /** Who talked so that nobody could read a call. */
  readonly talks: Sides<Talks>;
  readonly shown: Shown;
  /** Candidate's time that holds calls by the baseline's. */
  readonly timeRatio: number;
}

/**
 * Differences in what handled calls cause: which calls, how many, in which order, again after
 * failures, with which credentials. Judged per operation handled and class of its status, since a
 * mix of requests moves every other rate; a callee is judged only where its operation ran on both
 * sides.
 */
export function compareCalls(
  { pairs, name, background }: CallsPairing,
  { all, called, minSamples, talks, shown, timeRatio }: CompareCallsOptions,
): FamilyResult {
  const known = called.base;
  const callersSeen = new Set([
    ...all.flatMap(({ operation, base }) => (base.handled > 0 ? [workloadOf(operation)] : [])),
    ...(shown.isOfPages ? background.base.keys() : []),
  ]);
  const judgedAll = all.filter(
    ({ base, cand }) => base.handled >= minSamples && cand.handled >= minSamples,
  );
  const former = shown.isOfPages ? formerHosts(background) : () => undefined;
  const outcomes = pairs
    .flatMap((pair) => sharedOutcomes(pair, name))
    .filter(({ base, cand }) => base.handled >= minSamples && cand.handled >= minSamples);
  const findings = onePerCallee([
    ...newDestinations(all, called),
    ...newBackgroundDestinations(background.cand, called, callersSeen, former),
    ...newTalks(talks, known, callersSeen),
    ...compareRetries(judgedAll),
    ...compareBackOff(judgedAll),
    ...compareCounts(
      outcomes,
      (operation, callee) => known.hasTarget(workloadOf(operation), callee),
      sumsOf(all, background, timeRatio),
      minSamples,
    ),
    ...compareOrder(outcomes, name, minSamples),
    ...lostHabits(judgedAll, background, minSamples),
    ...lostParameters(judgedAll, minSamples),
  ]);
  const chainTo = chains(all);
  return {
    findings: [
      ...findings.map((finding) => ({
        ...finding,
        chain: [
          ...chainTo(finding.operation),
          ...(finding.path === undefined ? [] : [finding.path]),
        ],
      })),
      ...lostAnswers(judgedAll, minSamples),
      ...lostEchoes(pairs, minSamples),
    ],
    notChecked: pairs.flatMap((pair) => tooFew(pair, minSamples)),
  };
}

function tooFew(pair: CallsPair, minSamples: number): NotChecked[] {
  const { operation, base, cand } = pair;
  const fewest = Math.min(base.count, cand.count);
  if (fewest >= minSamples || fewest === 0) return [];
  return [
    {
      operation,
      family: 'calls',
      reason: `${base.count} and ${cand.count} handled calls: what they cause is judged from ${minSamples} on each side.`,
      samples: { baseline: base.count, candidate: cand.count },
    },
  ];
}
