import { normalQuantile } from '../../compare/stats/normal.ts';
import { mapped } from '../rows.ts';

/** Scores beyond this say no more than this, so that one odd call never makes a change. */
const MOST = 3.5;
/** The log-odds of a share beyond which no score is above `MOST`, and how finely they are tabled. */
const MOST_LOG_ODDS = 9;
const STEPS = 4_096;

let table: Float64Array | undefined;

/** Normal score of a share (0…1) of a distribution (van der Waerden 1952), cut off at ±3.5. */
function normalScore(share: number): number {
  const logOdds = Math.log(share / (1 - share));
  if (logOdds >= MOST_LOG_ODDS) return MOST;
  if (logOdds <= -MOST_LOG_ODDS) return -MOST;
  table ??= tabled();
  const at = ((logOdds + MOST_LOG_ODDS) / (2 * MOST_LOG_ODDS)) * STEPS;
  const low = Math.floor(at);
  const below = table[low] as number;
  return below + (at - low) * ((table[low + 1] as number) - below);
}

/**
 * Normal scores of values against a sample in ascending order: what the sample's own distribution
 * makes standard normal. Values as large as some of the sample's take their middle rank.
 */
export function normalScores(values: Float64Array, sample: Float64Array): Float64Array {
  const n = sample.length;
  return mapped(values, (value) => {
    const below = countWhile(sample, (each) => each < value);
    const upTo = countWhile(sample, (each) => each <= value);
    return normalScore(((below + upTo) / 2 + 0.5) / (n + 1));
  });
}

/** How many of a sample something holds for that holds for the first ones alone. */
function countWhile(sample: Float64Array, holds: (value: number) => boolean): number {
  let low = 0;
  let high = sample.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(sample[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function tabled(): Float64Array {
  return Float64Array.from({ length: STEPS + 2 }, (_, i) => {
    const odds = Math.exp((2 * i * MOST_LOG_ODDS) / STEPS - MOST_LOG_ODDS);
    return Math.max(-MOST, Math.min(MOST, normalQuantile(odds / (1 + odds))));
  });
}
