import type { CaptureProblem } from '../calls/observation.ts';
import { CLOCK_SLACK } from '../graph/candidates.ts';
import type { CaptureStats } from '../profile/capture-stats.ts';
import { grouped } from '../support/quantity.ts';

/** Calls that must tell of a pair of clocks before they are believed. */
const LEAST_CALLS = 20;

/** The largest difference of two nodes' clocks that the calls tell of, ms. */
export interface Skew {
  readonly ms: number;
  readonly nodes: readonly [string, string];
  readonly calls: number;
  /** Seen by both; or, by headers, begun before the call that caused them. */
  readonly by: 'both' | 'cause';
}

export function largestSkew({ clocks }: CaptureStats): Skew | undefined {
  const told = clocks.pairs.flatMap(({ nodes, twice, ahead, early, lead }): Skew[] => [
    { ms: Math.abs(ahead), nodes, calls: twice, by: 'both' },
    { ms: lead, nodes, calls: early, by: 'cause' },
  ]);
  return told
    .filter(({ calls }) => calls >= LEAST_CALLS)
    .reduce<Skew | undefined>(
      (most, skew) => (most && most.ms >= skew.ms ? most : skew),
      undefined,
    );
}

/** Clocks that differ by more than linking calls to their causes allows for. */
export function skewProblems(stats: CaptureStats): CaptureProblem[] {
  const skew = largestSkew(stats);
  if (!skew || skew.ms <= CLOCK_SLACK) return [];
  const { ms, nodes, calls, by } = skew;
  const told =
    by === 'both'
      ? `${grouped(calls)} calls that both saw`
      : `${grouped(calls)} calls that begin before the call that caused them`;
  return [
    {
      code: 'clock-skew',
      message:
        `the clocks of ${nodes.join(' and ')} differ by ${ms.toFixed(1)} ms, by ${told}: ` +
        `causes are found up to ${CLOCK_SLACK} ms, so calls may be tied to wrong ones or to none`,
    },
  ];
}
