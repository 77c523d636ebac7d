import type { Stretch } from '../../../compare/stats/dispersion.ts';
import { type LearnedShare, shareChance } from '../learned-share.ts';

/** Cells that are looked at together: a slot, 15, 30 and 60 minutes. */
export const WINDOWS = [1, 3, 6, 12] as const;
export const LONGEST = 12;
/** Cells in which it must still happen, for a window that is longer. */
const LATEST = 3;
/** What goes on is believed on less. */
const ONGOING_CHANCE = 1e-3;
const ONGOING_RISE = 0.5;

/** How much it takes. */
export interface Strictness {
  /** Probability by chance, all windows corrected for. */
  readonly chance: number;
  readonly leastSome: number;
  /** Times the learned share, and share of calls more, both. */
  readonly ratio: number;
  readonly more: number;
}

export interface RaisedShare extends Stretch {
  /** Corrected. */
  readonly chance: number;
  /** Cells of the window. */
  readonly cells: number;
}

/** Counts of the last `cells` cells: what happened, by window. */
export type Counts = (cells: number) => readonly Stretch[];

/**
 * The window that shows most clearly that a share is above what was learned. Events of one cell
 * are told only while it lasts: a burst that is over is no alert.
 */
export function raisedShare(
  learned: LearnedShare,
  counts: Counts,
  strict: Strictness,
  ongoing: boolean,
): RaisedShare | undefined {
  const rise = ongoing ? ONGOING_RISE : 1;
  const floor = Math.max(
    learned.share * (1 + (strict.ratio - 1) * rise),
    learned.share + strict.more * rise,
  );
  const latest = total(counts(LATEST));
  if (latest.some < (floor / 2) * latest.all || latest.some === 0) return undefined;
  let best: RaisedShare | undefined;
  for (const cells of WINDOWS) {
    const stretches = counts(cells);
    const { some, all } = total(stretches);
    if (some < strict.leastSome || some < floor * all) continue;
    if (cells > 1 && stretches.filter((stretch) => stretch.some > 0).length < 2) continue;
    const chance = Math.min(1, WINDOWS.length * shareChance(learned, some, all));
    if (chance < (best?.chance ?? 1)) best = { some, all, chance, cells };
  }
  return best && best.chance < (ongoing ? ONGOING_CHANCE : strict.chance) ? best : undefined;
}

export function total(stretches: readonly Stretch[]): Stretch {
  return stretches.reduce((sum, { some, all }) => ({ some: sum.some + some, all: sum.all + all }), {
    some: 0,
    all: 0,
  });
}
