import { median } from '../../support/numbers.ts';
import { normalUpperTail } from './normal.ts';

/** A trend over equal steps. */
export interface Trend {
  /** Rise a step: the median of the slopes of all pairs (Theil 1950; Sen 1968). */
  readonly slope: number;
  /** One-sided probability of a rise as consistent without a trend (Mann 1945; Kendall 1975). */
  readonly chance: number;
}

/** The trend of values at equal steps, whatever their distribution; ties count for nothing. */
export function trendOf(values: readonly number[]): Trend {
  const n = values.length;
  if (n < 3) return { slope: 0, chance: 1 };
  const slopes: number[] = [];
  let score = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const rise = (values[j] as number) - (values[i] as number);
      score += Math.sign(rise);
      slopes.push(rise / (j - i));
    }
  }
  const spread = Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  return { slope: median(slopes), chance: score <= 0 ? 1 : normalUpperTail((score - 1) / spread) };
}
