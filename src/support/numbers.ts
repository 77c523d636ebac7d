/** The sum of some numbers, or of what `of` says of some items. */
export function sum(numbers: Iterable<number>): number;
export function sum<T>(items: Iterable<T>, of: (item: T) => number): number;
export function sum(items: Iterable<unknown>, of = (item: unknown) => item as number): number {
  let total = 0;
  for (const item of items) total += of(item);
  return total;
}

/** The value in the middle; of an even count the mean of the two there; NaN of none. */
export function median(values: Iterable<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2;
}

/** The least of the values that at least a share (0…1) of all do not exceed; of at least one value. */
export function quantile(values: Iterable<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] as number;
}

/** The mean, and the sum of the squares by which values differ from it. */
export function spreadOf(values: ArrayLike<number> & Iterable<number>): {
  readonly mean: number;
  readonly squares: number;
} {
  const mean = sum(values) / values.length;
  return { mean, squares: sum(values, (value) => (value - mean) ** 2) };
}
