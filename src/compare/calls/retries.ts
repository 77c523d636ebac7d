import { FALSE_ALARMS } from '../family-result.ts';
import type { Finding } from '../finding.ts';
import { shareShift } from '../share-shift.ts';
import { fisherExactGreater } from '../stats/exact.ts';
import { benjaminiHochberg } from '../stats/multiple.ts';
import { count } from '../words.ts';
import type { ChildView } from './child-view.ts';
import { callEvidence } from './evidence.ts';
import type { OutcomePair } from './pair.ts';
import { usualWaits, waitsInWords } from './waits.ts';

const MIN_RETRIED = 5;
const RISE = 3;
/** Where this share of the handled calls repeated the call before, one after a failure is no retry. */
const REPEATS_ANYWAY = 0.05;

interface Test {
  readonly pair: OutcomePair;
  readonly child: ChildView;
  readonly before: number;
  readonly after: number;
  readonly pValue: number;
}

/** Callees that are now called again after a failure, or much more often than before. */
export function compareRetries(pairs: readonly OutcomePair[]): Finding[] {
  const tests = pairs.flatMap((pair) =>
    [...pair.cand.children.values()].map((child): Test => {
      const before = pair.base.children.get(child.name)?.stats.retries.handled ?? 0;
      const after = child.stats.retries.handled;
      const pValue = fisherExactGreater(
        { some: after, all: pair.cand.handled },
        { some: before, all: pair.base.handled },
      );
      return { pair, child, before, after, pValue };
    }),
  );
  const adjusted = benjaminiHochberg(tests.map(({ pValue }) => pValue));
  return tests.flatMap((test, i) => {
    const { before, after, pair } = test;
    if (after < MIN_RETRIED || (adjusted[i] as number) > FALSE_ALARMS) return [];
    const rise = after / pair.cand.handled / (before / pair.base.handled);
    return before === 0 || rise >= RISE ? [report(test)] : [];
  });
}

function report({ pair, child, before, after }: Test): Finding {
  const { retries, examples, counts } = child.stats;
  const waits = waitsInWords(usualWaits(retries));
  const most = counts.at(-1)?.[1].examples.ids ?? [];
  return {
    rule: 'call.retries',
    category: 'behaviour',
    severity: before === 0 && !repeatsAnyway(pair, child) ? 'breaking' : 'warning',
    operation: pair.operation,
    path: child.name,
    summary: `Repeats ${child.name} after it failed in ${count(after, pair.cand.handled)} handled calls (${retries.calls} repeats${waits === '' ? '' : `, ${waits}`}); before in ${count(before, pair.base.handled)}.`,
    baseline: before,
    candidate: after,
    ...shareShift(
      { some: before, all: pair.base.handled },
      { some: after, all: pair.cand.handled },
    ),
    evidence: [
      ...callEvidence(most, 'candidate', 'a handled call with repeats'),
      ...callEvidence(examples.ids, 'candidate', 'a call made'),
    ],
  };
}

/** Whether such calls were made several times a handled call before, without any failure. */
function repeatsAnyway({ base }: OutcomePair, { name }: ChildView): boolean {
  const counts = base.children.get(name)?.counts ?? new Map<number, number>();
  let several = 0;
  for (const [made, handled] of counts) if (made > 1) several += handled;
  return several >= REPEATS_ANYWAY * base.handled;
}
