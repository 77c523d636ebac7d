/** The smallest whole number from 1 to `most` for which something holds that holds for all larger ones. */
export function smallest(most: number, holds: (n: number) => boolean): number | undefined {
  if (most < 1 || !holds(most)) return undefined;
  let low = 1;
  let high = most;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
