import type { Model } from './model.ts';
import { type Moment, momentOf } from './moment.ts';
import { bestSegment, type Segment } from './segment.ts';

/** A time in which a measure was not as in known-good traffic. */
export interface Episode extends Segment {
  readonly onset: Moment;
  /** When it was as before again (Unix ms); absent while it lasts. */
  readonly until?: number;
  /** Probability of as much anywhere in the series where nothing changed. */
  readonly chance: number;
  /** What each observation says for it, for those that show it best. */
  readonly gains: Float64Array;
}

/** Episodes apart that are looked for in one series. */
const MOST = 4;
/** Chance from which on a further episode is looked at. */
const LEAST_CHANCE = 1e-3;
/** Log-evidence from which on a measure is taken to be as before again, and observations that it takes. */
const RETURNED = 6;
const LEAST_RETURNED = 3;
/** An earlier, weaker part belongs to the same change where it is so much of its effect. */
const SAME_EFFECT = 1 / 3;
const FITS = 3;

/**
 * The episodes of a series, in order of time: segments of most evidence (Levin & Kline 1985), each
 * alternative fitted to its segment. The chance is bounded whatever the length: from a given start on
 * the likelihood ratios' product exceeds 1/α at any time with probability α at most (Ville 1939;
 * Lorden 1971), and there are as many starts as observations.
 */
export function episodesOf(model: Model, start: number): Episode[] {
  const found: Found[] = [];
  search(model, { from: 0, to: model.size }, found);
  const merged = mergeTouching(
    found.sort((a, b) => a.from - b.from),
    model,
  );
  return merged.map((segment, i) => episodeOf(model, segment, merged[i - 1]?.to ?? 0, start));
}

interface Found extends Segment {
  readonly gain: number;
  readonly chance: number;
  readonly gains: Float64Array;
}

function search(model: Model, within: Segment, found: Found[]): void {
  if (found.length >= MOST || within.to - within.from < 1) return;
  const best = strongest(model, within);
  if (!best || (found.length > 0 && best.chance > LEAST_CHANCE)) return;
  found.push(best);
  if (best.chance > LEAST_CHANCE) return;
  search(model, { from: within.from, to: best.from }, found);
  search(model, { from: best.to, to: within.to }, found);
}

function strongest(model: Model, within: Segment): Found | undefined {
  let best: (Found & { readonly gain: number }) | undefined;
  for (const alternative of model.alternatives) {
    const gains = alternative();
    const segment = bestSegment(gains, within);
    if (segment && segment.gain > (best?.gain ?? 0)) best = { ...segment, gains, chance: 1 };
  }
  if (!best) return undefined;
  for (let fit = 0; fit < FITS; fit++) {
    const gains = model.fitted(best);
    if (!gains) return undefined;
    const segment = bestSegment(gains, within);
    if (!segment) return undefined;
    best = { ...segment, gains, chance: 1 };
  }
  if (!model.fitted(best)) return undefined;
  const bursts = model.burstsIn?.(best) ?? 1;
  const tried = model.size * model.alternatives.length;
  return { ...best, chance: Math.min(1, tried * Math.exp(-best.gain / bursts)) };
}

/** Neighbours without a return between them are one change, from the first on; a far weaker first part is none. */
function mergeTouching(found: readonly Found[], model: Model): Found[] {
  const merged: Found[] = [];
  for (const next of found) {
    const last = merged.at(-1);
    if (!last || hasReturned(last.gains, { from: last.to, to: next.from })) {
      merged.push(next);
      continue;
    }
    const [first, second] = [model.effect(last), model.effect(next)];
    const same = first * second > 0 && Math.abs(first) >= Math.abs(second) * SAME_EFFECT;
    if (!same) {
      if (last.chance < next.chance * 1e-3 || first * second < 0) merged.push(next);
      else merged[merged.length - 1] = next;
      continue;
    }
    merged[merged.length - 1] = {
      ...last,
      to: next.to,
      gain: last.gain + next.gain,
      chance: Math.min(last.chance, next.chance),
    };
  }
  return merged;
}

function episodeOf(model: Model, found: Found, behind: number, start: number): Episode {
  const { gains, chance, from, to } = found;
  const onset = momentOf(gains, model.times, { from: Math.min(behind, from), to, start });
  const rest = { from: to, to: model.size };
  const returned = hasReturned(gains, rest)
    ? momentOf(
        gains.map((gain) => -gain),
        model.times,
        { from: Math.min(to, onset.index + 1), to: model.size, start },
      ).at
    : undefined;
  return { from: onset.index, to, onset, chance, gains, ...(returned && { until: returned }) };
}

function hasReturned(gains: Float64Array, { from, to }: Segment): boolean {
  if (to - from < LEAST_RETURNED) return false;
  let sum = 0;
  for (let i = from; i < to; i++) {
    sum += gains[i] as number;
    if (sum <= -RETURNED) return true;
  }
  return false;
}
