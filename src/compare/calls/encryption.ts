import { FALSE_ALARMS } from '../family-result.ts';
import type { Finding } from '../finding.ts';
import { shareShift } from '../share-shift.ts';
import { fisherExactGreater } from '../stats/exact.ts';
import { count } from '../words.ts';
import { callEvidence } from './evidence.ts';
import type { OutcomePair } from './pair.ts';

/** Calls to a host that never went in plain text, and do. */
export function compareEncryption(pairs: readonly OutcomePair[], minSamples: number): Finding[] {
  return pairs.flatMap((pair) =>
    [...pair.base.children.values()].flatMap((child): Finding[] => {
      const before = child.stats.encryption;
      const after = pair.cand.children.get(child.name)?.stats.encryption;
      if (!after || Math.min(before.known, after.known) < minSamples) return [];
      if (before.clear > 0) return [];
      const pValue = fisherExactGreater(after.clear, after.known, 0, before.known);
      if (pValue > FALSE_ALARMS) return [];
      return [
        {
          rule: 'call.encryption-lost',
          category: 'behaviour',
          severity: 'breaking',
          operation: pair.operation,
          path: child.name,
          summary: `Calls ${child.name} without TLS in ${count(after.clear, after.known)} calls; never before in ${before.known}.`,
          baseline: 0,
          candidate: after.clear / after.known,
          ...shareShift({ some: 0, all: before.known }, { some: after.clear, all: after.known }),
          evidence: callEvidence(after.examples, 'candidate', 'in plain text'),
        },
      ];
    }),
  );
}
