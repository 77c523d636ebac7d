import type { ChildStats } from '../../profile/fanout-child-stats.ts';
import type { Passed } from '../../profile/passed.ts';
import { FALSE_ALARMS } from '../family-result.ts';
import type { Finding, Severity } from '../finding.ts';
import type { RuleId } from '../rules.ts';
import { shareShift } from '../share-shift.ts';
import type { Sides } from '../sides.ts';
import { fisherExactGreater } from '../stats/exact.ts';
import { count } from '../words.ts';
import { callEvidence } from './evidence.ts';
import type { OutcomePair } from './pair.ts';

/** Of calls that tell: how many kept to a habit, and ids of some that did not. */
export interface Kept {
  readonly kept: number;
  readonly all: number;
  readonly others: readonly string[];
}

/** The calls of an operation to one callee, on both sides. */
export interface Made<S = ChildStats> extends Sides<S> {
  readonly operation: string;
  readonly callee: string;
}

export interface Habit {
  readonly rule: RuleId;
  /** It is one where so many (0…1) of the baseline's calls keep to it… */
  readonly always: number;
  /** …and lost where no more of the candidate's do. */
  readonly most: number;
  /** By the share of the candidate's calls that keep to it. */
  readonly severity: (share: number) => Severity;
  /** What the calls do that don't keep to it, in a sentence and in short. */
  readonly told: (callee: string) => string;
  readonly note: string;
}

/** How much a habit weighs that is known by what caused the calls. */
export const BY_LINKS = {
  // Fewer may be calls whose cause was not seen…
  most: 0.8,
  // …and half of them can't be a matter of links.
  severity: (share: number): Severity => (share <= 0.5 ? 'breaking' : 'warning'),
} as const;

/** The calls of each operation to each callee that both sides have. */
export function madeOnBothSides(pairs: readonly OutcomePair[]): Made[] {
  return pairs.flatMap(({ operation, base, cand }) =>
    [...base.children.values()].flatMap(({ name, stats }): Made[] => {
      const after = cand.children.get(name)?.stats;
      return after ? [{ operation, callee: name, base: stats, cand: after }] : [];
    }),
  );
}

export function keptOf({ passed, seen, others }: Passed): Kept {
  return { kept: passed, all: seen, others };
}

/** The finding of calls that kept to a habit before and surely don't now. */
export function lostHabit(
  { rule, always, most, severity, told, note }: Habit,
  { operation, callee }: Pick<Made, 'operation' | 'callee'>,
  { base: before, cand: after }: Sides<Kept>,
  minSamples: number,
): Finding | undefined {
  if (Math.min(before.all, after.all) < minSamples) return undefined;
  const share = after.kept / after.all;
  if (before.kept / before.all < always || share > most) return undefined;
  const [were, are] = [before.all - before.kept, after.all - after.kept];
  const chance = fisherExactGreater({ some: are, all: after.all }, { some: were, all: before.all });
  if (chance > FALSE_ALARMS) return undefined;
  const earlier =
    were === 0 ? `never before in ${before.all}` : `before in ${count(were, before.all)}`;
  return {
    rule,
    category: 'behaviour',
    severity: severity(share),
    operation,
    path: callee,
    summary: `${told(callee)} in ${count(are, after.all)} calls; ${earlier}.`,
    baseline: before.kept / before.all,
    candidate: share,
    ...shareShift({ some: before.kept, all: before.all }, { some: after.kept, all: after.all }),
    evidence: callEvidence(after.others, 'candidate', note),
  };
}
