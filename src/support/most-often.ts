/** What was counted most often, with its count; of equals the least. Undefined where nothing was. */
export function mostOften<K extends string | number>(
  counts: Iterable<readonly [K, number]>,
): readonly [K, number] | undefined {
  let most: readonly [K, number] | undefined;
  for (const one of counts)
    if (!most || one[1] > most[1] || (one[1] === most[1] && one[0] < most[0])) most = one;
  return most;
}
