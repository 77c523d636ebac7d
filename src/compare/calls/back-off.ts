import { FALSE_ALARMS } from '../family-result.ts';
import type { Finding } from '../finding.ts';
import { logShift } from '../stats/location.ts';
import { benjaminiHochberg } from '../stats/multiple.ts';
import { normalCdf } from '../stats/normal.ts';
import { rounded } from '../words.ts';
import type { ChildView } from './child-view.ts';
import { callEvidence } from './evidence.ts';
import type { OutcomePair } from './pair.ts';
import { backOffOf, MIN_REPEATS, usualWaits, waitsInWords } from './waits.ts';

/** Waits that shrank by less than this factor are no change of the client. */
const LEAST = 2;

interface Test {
  readonly pair: OutcomePair;
  readonly before: ChildView;
  readonly after: ChildView;
  /** Factor by which the waits shrank most. */
  readonly shrank: number;
  /** p-value of 'no wait shrank'. */
  readonly pValue: number;
}

/** Callees that failed before too and are called again sooner now, or no longer ever later. */
export function compareBackOff(pairs: readonly OutcomePair[]): Finding[] {
  const tests = pairs.flatMap((pair) =>
    [...pair.cand.children.values()].flatMap((after) => {
      const before = pair.base.children.get(after.name);
      return before ? testsOf(pair, before, after) : [];
    }),
  );
  const adjusted = benjaminiHochberg(tests.map(({ pValue }) => pValue));
  const told = new Set<ChildView>();
  return tests
    .filter(({ shrank }, i) => shrank >= LEAST && (adjusted[i] as number) <= FALSE_ALARMS)
    .toSorted((a, b) => b.shrank - a.shrank)
    .flatMap((test) => {
      if (told.has(test.after)) return [];
      told.add(test.after);
      return [report(test)];
    });
}

/** One test a repeat that both sides made often enough. */
function testsOf(pair: OutcomePair, before: ChildView, after: ChildView): Test[] {
  return before.stats.retries.spacing.flatMap((sketch, i) => {
    const now = after.stats.retries.spacing[i];
    if (!now || Math.min(sketch.count, now.count) < MIN_REPEATS) return [];
    const { mean, variance } = logShift(now, sketch);
    const pValue = 1 - normalCdf(mean / Math.sqrt(variance || Number.EPSILON));
    return [{ pair, before, after, shrank: Math.exp(mean), pValue }];
  });
}

function report({ pair, before, after, shrank }: Test): Finding {
  const [was, is] = [before, after].map(({ stats }) => usualWaits(stats.retries)) as [
    readonly number[],
    readonly number[],
  ];
  const lost = backOffOf(is) === 'no back-off' && backOffOf(was) !== 'no back-off';
  return {
    rule: 'call.back-off-changed',
    category: 'behaviour',
    severity: lost ? 'breaking' : 'warning',
    operation: pair.operation,
    path: after.name,
    summary: `Repeats ${after.name} sooner after it failed: ${waitsInWords(is)}; before ${waitsInWords(was)}.`,
    baseline: was.map(Math.round).join(', '),
    candidate: is.map(Math.round).join(', '),
    effect: rounded(1 / shrank, 3),
    interval: null,
    samples: { baseline: before.stats.retries.calls, candidate: after.stats.retries.calls },
    evidence: callEvidence(after.stats.examples.ids, 'candidate', 'a call made'),
  };
}
