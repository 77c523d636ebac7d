import { normalQuantile } from '../../../src/compare/stats/normal.ts';

/** How the shift from one sample to another is estimated: Hodges and Lehmann 1963, with its interval. */
export interface Shift {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** Roots are found to this precision, in the unit of the samples. */
const PRECISION = 1e-4;

/**
 * By how much `experiment` exceeds `control`, from the Mann-Whitney test turned round: the shifts
 * that it would not reject at `level` (normal approximation, corrected for ties and continuity, as
 * R's wilcox.test with exact = FALSE). Both ascending.
 */
export function shiftOf(control: Float64Array, experiment: Float64Array, level: number): Shift {
  const z = normalQuantile(0.5 + level / 2);
  const least = (experiment[0] as number) - (control.at(-1) as number);
  const most = (experiment.at(-1) as number) - (control[0] as number);
  const root = (quantile: number): number => {
    let [low, high] = [least, most];
    if (deviate(control, experiment, low) <= quantile) return low;
    if (deviate(control, experiment, high) >= quantile) return high;
    while (high - low > PRECISION) {
      const middle = (low + high) / 2;
      if (deviate(control, experiment, middle) > quantile) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  };
  return { estimate: root(0), low: root(z), high: root(-z) };
}

/** Standard deviations between the rank sum of `experiment` less `shift` and what chance expects. */
function deviate(control: Float64Array, experiment: Float64Array, shift: number): number {
  const [n, m] = [experiment.length, control.length];
  let wins = 0;
  let ties = 0;
  let below = 0;
  let i = 0;
  while (i < n || below < m) {
    const x = i < n ? (experiment[i] as number) - shift : Number.POSITIVE_INFINITY;
    const y = below < m ? (control[below] as number) : Number.POSITIVE_INFINITY;
    const value = Math.min(x, y);
    let mine = 0;
    let theirs = 0;
    while (i < n && (experiment[i] as number) - shift === value) {
      mine++;
      i++;
    }
    const before = below;
    while (below < m && control[below] === value) {
      theirs++;
      below++;
    }
    wins += mine * (before + theirs / 2);
    ties += (mine + theirs) ** 3 - (mine + theirs);
  }
  const excess = wins - (n * m) / 2;
  const variance = ((n * m) / 12) * (n + m + 1 - ties / ((n + m) * (n + m - 1)));
  return variance <= 0 ? 0 : (excess - Math.sign(excess) / 2) / Math.sqrt(variance);
}
