import type { Doubt } from '../doubt.ts';
import type { Severity } from '../finding.ts';
import { lightest } from '../severity.ts';

/**
 * How sure it is that a share moved between never, sometimes and always. `same`: it did not.
 * `too few`: no statement. `doubtful`: seen, but chance explains it. `likely`: p ≤ 5 %. `undecided`:
 * p ≤ 0.1 %, and a move of at least 1 %. `decided`: p ≤ 0.01 %, low because a comparison makes hundreds
 * of these tests.
 */
export type Weight = 'same' | 'too few' | 'doubtful' | 'likely' | 'undecided' | 'decided';

const LEAST_FIRST: readonly Weight[] = [
  'same',
  'too few',
  'doubtful',
  'likely',
  'undecided',
  'decided',
];

export interface Weighed {
  readonly weight: Weight;
  /** It weighs less than the calls say, of which several were about the same. */
  readonly repeated?: true;
}

/** Heavier is larger. */
export function orderOf(weight: Weight): number {
  return LEAST_FIRST.indexOf(weight);
}

export function heavier(a: Weight, b: Weight): Weight {
  return orderOf(a) >= orderOf(b) ? a : b;
}

/** Whether it is more than chance makes now and then. */
export function isTold(weight: Weight): boolean {
  return orderOf(weight) >= orderOf('likely');
}

/** How severe on such evidence is what would be `severity`, and why it isn't decided. */
export function onEvidence(
  severity: Severity,
  weight: Weight,
): { severity: Severity; undecided?: string } {
  const most = weight === 'decided' ? 'breaking' : isTold(weight) ? 'warning' : 'info';
  return { severity: lightest(severity, most), ...(severity === 'breaking' && undecided(weight)) };
}

/** What is said of evidence that chance may explain, and why. */
export function wordsOf({ weight, repeated }: Weighed): string | undefined {
  if (repeated) return REPEATED;
  return weight === 'doubtful' ? 'Chance may explain it.' : undefined;
}

const REPEATED = 'Several of these calls are about the same thing, so chance may explain it.';

/** That of the things which the calls are about so few show it that it weighs so much. */
export function ofFew(weight: Weight): Doubt {
  return { words: REPEATED, ...undecided(weight) };
}

function undecided(weight: Weight): { readonly undecided?: string } {
  return weight === 'undecided'
    ? { undecided: 'too few calls for so many checks to exclude chance' }
    : {};
}
