import { FALSE_ALARMS } from '../family-result.ts';
import type { Finding } from '../finding.ts';
import { shareShift } from '../share-shift.ts';
import { fisherExactGreater } from '../stats/exact.ts';
import { count } from '../words.ts';
import { callEvidence } from './evidence.ts';
import type { OutcomePair } from './pair.ts';

/** A credential counts as always sent from this share on. */
const ALWAYS = 0.95;
const NOT_ALWAYS = 0.8;

/** Calls that carried a credential and no longer do. */
export function compareAuthorization(pairs: readonly OutcomePair[], minSamples: number): Finding[] {
  return pairs.flatMap((pair) =>
    [...pair.base.children.values()].flatMap((child): Finding[] => {
      const before = child.stats.authorization;
      const after = pair.cand.children.get(child.name)?.stats.authorization;
      if (!after || before.seen < minSamples || after.seen < minSamples) return [];
      const [b, c] = [before.present / before.seen, after.present / after.seen];
      if (b < ALWAYS || c > NOT_ALWAYS) return [];
      const lost = after.seen - after.present;
      const pValue = fisherExactGreater(
        lost,
        after.seen,
        before.seen - before.present,
        before.seen,
      );
      if (pValue > FALSE_ALARMS) return [];
      return [
        {
          rule: 'call.auth-missing',
          category: 'behaviour',
          severity: 'breaking',
          operation: pair.operation,
          path: child.name,
          summary: `Calls ${child.name} without a credential in ${count(lost, after.seen)} calls; before in ${count(before.seen - before.present, before.seen)}.`,
          baseline: b,
          candidate: c,
          ...shareShift(
            { some: before.present, all: before.seen },
            { some: after.present, all: after.seen },
          ),
          evidence: callEvidence(after.without, 'candidate', 'no credential'),
        },
      ];
    }),
  );
}
