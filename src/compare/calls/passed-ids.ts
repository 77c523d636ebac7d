import type { PassedIds } from '../../profile/passed-ids.ts';
import { FALSE_ALARMS } from '../family-result.ts';
import type { Finding } from '../finding.ts';
import { shareShift } from '../share-shift.ts';
import { fisherExactGreater } from '../stats/exact.ts';
import { count } from '../words.ts';
import { callEvidence } from './evidence.ts';
import type { OutcomePair } from './pair.ts';

/** With so many different ids passed on, it is no chance that they are those asked for. */
const LEAST_THINGS = 4;
/** Fewer that are not passed on may be calls whose cause was not seen. */
const MOST = 0.8;
/** From so many on, it is no matter of links. */
const HALF = 0.5;

/** Calls that always named the id that was asked for, and name another. */
export function comparePassedIds(pairs: readonly OutcomePair[], minSamples: number): Finding[] {
  return pairs.flatMap((pair) =>
    [...pair.base.children.values()].flatMap((child): Finding[] => {
      const before = child.stats.ids;
      const after = pair.cand.children.get(child.name)?.stats.ids;
      if (!after || Math.min(before.seen, after.seen) < minSamples) return [];
      if (before.passed < before.seen || before.things < LEAST_THINGS) return [];
      const share = after.passed / after.seen;
      const others = after.seen - after.passed;
      if (share > MOST || chance(before, after) > FALSE_ALARMS) return [];
      return [
        {
          rule: 'call.id-mismatched',
          category: 'behaviour',
          severity: share <= HALF ? 'breaking' : 'warning',
          operation: pair.operation,
          path: child.name,
          summary: `Calls ${child.name} about something else than it was asked for in ${count(others, after.seen)} calls; never before in ${before.seen}.`,
          baseline: 1,
          candidate: share,
          ...shareShift(
            { some: before.passed, all: before.seen },
            { some: after.passed, all: after.seen },
          ),
          evidence: callEvidence(after.others, 'candidate', 'names another id'),
        },
      ];
    }),
  );
}

/** p-value of 'no more calls name another id'. */
function chance(before: PassedIds, after: PassedIds): number {
  return fisherExactGreater(after.seen - after.passed, after.seen, 0, before.seen);
}
