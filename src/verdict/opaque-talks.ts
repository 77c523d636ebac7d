import type { CaptureProblem } from '../calls/observation.ts';
import { backgroundOf } from '../compare/calls/background.ts';
import { hasNameless, newPairs, targetOf } from '../compare/calls/opaque-talks.ts';
import type { Finding } from '../compare/finding.ts';
import type { CaptureStats } from '../profile/capture-stats.ts';
import type { OpaquePair } from '../profile/capture-talks.ts';

const MOST_NAMED = 5;

type Talking = Pick<CaptureStats, 'talks'>;
type Told = readonly Pick<Finding, 'rule' | 'operation' | 'path'>[];

/** Workloads that talk in a way that nobody can read in one capture alone, where no finding says so. */
export function talkProblems(
  mine: Talking,
  other: Talking,
  found: Told,
  isCandidate: boolean,
): CaptureProblem[] {
  const sides = { base: other.talks, cand: mine.talks };
  const pairs = newPairs(sides).filter(
    (pair) =>
      !isTold(pair, found) &&
      // What a candidate no longer begins may go on over connections that are older than its capture.
      (isCandidate || !hasNameless(sides, pair.client)),
  );
  if (pairs.length === 0) return [];
  const message =
    `${pairs.length} ${pairs.length === 1 ? 'pair of workloads talks' : 'pairs of workloads talk'} in this capture alone without any call that can be read ` +
    `(${named(pairs)}): encrypted, or an unknown protocol; capture where the traffic is in clear, behind what ends TLS`;
  return [{ code: 'undissected-flows', message }];
}

/** What was not judged, since nobody could read it. */
export function unreadTalks(base: Talking, cand: Talking): string[] {
  const pairs = new Map(
    [...base.talks.known, ...cand.talks.known].map((pair) => [
      JSON.stringify([pair.client, pair.server]),
      pair,
    ]),
  );
  if (pairs.size === 0) return [];
  return [
    `connections that are encrypted, or of an unknown protocol, were not judged: ${named([...pairs.values()])}`,
  ];
}

function named(pairs: readonly OpaquePair[]): string {
  const names = pairs.slice(0, MOST_NAMED).map(({ client, server }) => `${client} → ${server}`);
  return `${names.join(', ')}${pairs.length > MOST_NAMED ? ', …' : ''}`;
}

function isTold({ client, server }: OpaquePair, found: Told): boolean {
  return found.some(
    ({ rule, operation, path }) =>
      rule === 'call.new-destination' &&
      operation === backgroundOf(client) &&
      path === targetOf(server),
  );
}
