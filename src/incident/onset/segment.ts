/** A part `from ≤ i < to` of a series. */
export interface Segment {
  readonly from: number;
  readonly to: number;
}

/** The part of `within` whose gains sum to most (Kadane), and that sum; nothing where none gains. */
export function bestSegment(
  gains: Float64Array,
  within: Segment,
): (Segment & { readonly gain: number }) | undefined {
  let [sum, start] = [0, within.from];
  let [gain, from, to] = [0, 0, 0];
  for (let i = within.from; i < within.to; i++) {
    sum += gains[i] as number;
    if (sum <= 0) {
      sum = 0;
      start = i + 1;
    } else if (sum > gain) {
      [gain, from, to] = [sum, start, i + 1];
    }
  }
  return gain > 0 ? { from, to, gain } : undefined;
}
