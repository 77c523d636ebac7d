/**
 * Benjamini-Hochberg adjusted p-values (Benjamini & Hochberg 1995), in the order given. Every test
 * that was made must be given, not only those with a large effect.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const m = pValues.length;
  const order = pValues.map((p, i) => [p, i] as const).sort((a, b) => b[0] - a[0] || b[1] - a[1]);
  const adjusted = new Array<number>(m);
  let smallest = 1;
  order.forEach(([p, index], k) => {
    smallest = Math.min(smallest, (p * m) / (m - k));
    adjusted[index] = smallest;
  });
  return adjusted;
}
