import type { Stretch } from '../../../compare/stats/dispersion.ts';
import { type LearnedShare, shareChance } from '../learned-share.ts';

/** Cells that are looked at together: a slot, 15, 30 and 60 minutes. */
export const WINDOWS = [1, 3, 6, 12] as const;
export const LONGEST = 12;
/** Cells in which it must still happen: as few as would show so many events. */
const LATEST = [1, 3, 6] as const;
const SHOWN = 4;
/** Part of the hour's share below which the latest cells, where they look usual, are past it. */
const PAST = 1 / 4;
const USUAL_CHANCE = 1e-2;
/** What goes on is believed on less. */
const ONGOING_CHANCE = 1e-2;
const ONGOING_RISE = 0.3;

/** How much it takes. */
export interface Strictness {
  /** Probability by chance, all windows corrected for. */
  readonly chance: number;
  readonly leastSome: number;
  /** Times the learned share, and share of calls more, both. */
  readonly ratio: number;
  readonly more: number;
  /** Events at most that the learned share is as sure as. */
  readonly known: number;
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
 * The window that shows most clearly that a share is above what was learned. In a longer one, no
 * cell counts much more than the others: a burst that is over is no alert.
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
  if (isOver(learned, counts, floor, strict.known)) return undefined;
  let best: RaisedShare | undefined;
  for (const cells of WINDOWS) {
    const stretches = counts(cells);
    const { some, all } = total(evened(stretches));
    if (some < strict.leastSome || some < floor * all) continue;
    const chance = Math.min(1, WINDOWS.length * shareChance(learned, some, all, strict.known));
    if (chance < (best?.chance ?? 1)) best = { some, all, chance, cells };
  }
  return best && best.chance < (ongoing ? ONGOING_CHANCE : strict.chance) ? best : undefined;
}

/** Whether the latest cells show too little of what the whole hour does, or what they usually do. */
function isOver(learned: LearnedShare, counts: Counts, floor: number, known: number): boolean {
  const hour = total(counts(LONGEST));
  const share = hour.some / Math.max(1, hour.all);
  const latest = LATEST.map((cells) => total(counts(cells)));
  const { some, all } =
    latest.find((each) => each.all * share >= SHOWN) ?? (latest.at(-1) as Stretch);
  if (some === 0 || some < (floor / 2) * all) return true;
  return some < PAST * share * all && shareChance(learned, some, all, known) > USUAL_CHANCE;
}

/** Each cell's events, at most two more than twice the mean of the other cells (winsorised). */
function evened(stretches: readonly Stretch[]): readonly Stretch[] {
  if (stretches.length < 2) return stretches;
  const { some: whole } = total(stretches);
  return stretches.map(({ some, all }) => {
    const others = (whole - some) / (stretches.length - 1);
    return { some: Math.min(some, Math.floor(2 + 2 * others)), all };
  });
}

function total(stretches: readonly Stretch[]): Stretch {
  return stretches.reduce((sum, { some, all }) => ({ some: sum.some + some, all: sum.all + all }), {
    some: 0,
    all: 0,
  });
}
