import { doubted } from '../doubt.ts';
import { FALSE_ALARMS } from '../family-result.ts';
import type { Finding } from '../finding.ts';
import { findingId } from '../finding-id.ts';
import { rateTest } from '../stats/call-rate.ts';
import { benjaminiHochberg } from '../stats/multiple.ts';
import { aboutFew } from './about.ts';
import type { Sum } from './by-itself.ts';
import { asksCache, isCache, isCacheWrite } from './cache.ts';
import { type CalleePair, calleePairs, familyOf } from './callee-pair.ts';
import { surenessNeeded, unlikeSum, unsureLinks } from './count-doubts.ts';
import { countFinding } from './count-finding.ts';
import { type Move, moveOf } from './move.ts';
import { severityOf } from './move-severity.ts';
import type { OutcomePair } from './pair.ts';

/** The shares of the calls that miss one cache differ no more, by links gone wrong. */
const ALIKE = 0.05;

/** Callees that came, went, or are called more or less often a handled call. */
export function compareCounts(
  pairs: readonly OutcomePair[],
  isKnown: (operation: string, callee: string) => boolean,
  sumOf: (operation: string, callee: string, change: number) => Sum,
  minSamples: number,
): Finding[] {
  const all = pairs.flatMap(calleePairs);
  const enoughFor = surenessNeeded(all);
  const adjusted = benjaminiHochberg(
    all.map(({ baseRate, candRate }) => rateTest(baseRate, candRate)),
  );
  const reported = all.flatMap((called, i): Reported[] => {
    if ((adjusted[i] as number) > FALSE_ALARMS) return [];
    const move = moveOf(called);
    const severity = move && severityOf(called, move, isKnown);
    if (!severity) return [];
    const { pair, callee, baseRate, candRate } = called;
    const change = candRate.calls - baseRate.mean * candRate.handled;
    const sum = sumOf(pair.operation, callee, change);
    const finding = doubted(
      countFinding(called, move, severity),
      unsureLinks(called, enoughFor(called)),
      unlikeSum(called, sum),
    );
    const few = finding.severity === 'breaking' && aboutFew(called, move, minSamples);
    return [{ called, move, finding: doubted(finding, few) }];
  });
  return reported.map((one) => {
    const isWrite = isCacheWrite(familyOf(one.called));
    const cause = reported.find((other) =>
      isWrite ? fills(other, one.called, one.move) : isMissedAlike(other, one),
    );
    const { finding } = one;
    return cause && cause !== one ? { ...finding, causedBy: findingId(cause.finding) } : finding;
  });
}

interface Reported {
  readonly called: CalleePair;
  readonly move: Move;
  readonly finding: Finding;
}

/** Whether the read that a cache's writes follow moved alike: then the writes are no news. */
function fills({ called, move }: Reported, write: CalleePair, moved: Move): boolean {
  return (
    called.pair === write.pair &&
    move === moved &&
    !isCacheWrite(familyOf(called)) &&
    asksCache(called.pair.cand)
  );
}

/** Whether both are read where the same cache doesn't answer: now always, and before as often. */
function isMissedAlike(one: Reported, other: Reported): boolean {
  const { pair } = one.called;
  if (pair !== other.called.pair || !asksCache(pair.cand)) return false;
  const isMissed = ({ called, move }: Reported) => {
    const { protocol, mutation } = familyOf(called);
    return move === 'to-always' && !isCache(protocol) && !mutation;
  };
  const missed = ({ called: { baseRate } }: Reported) => baseRate.present / baseRate.handled;
  return isMissed(one) && isMissed(other) && Math.abs(missed(one) - missed(other)) <= ALIKE;
}
