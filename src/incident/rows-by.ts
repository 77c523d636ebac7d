/** Rows in groups, each group's in the order of the rows: one array, cut where `starts` says. */
export interface RowsBy {
  readonly groups: number;
  readonly starts: Int32Array;
  readonly sorted: Int32Array;
  readonly rows: (group: number) => Int32Array;
}

/** Groups rows by a whole number from 0 to `groups` − 1; rows with a negative one are left out. */
export function rowsBy(keys: Int32Array, groups: number): RowsBy {
  const starts = new Int32Array(groups + 1);
  for (const key of keys) if (key >= 0) starts[key + 1] = (starts[key + 1] as number) + 1;
  for (let i = 0; i < groups; i++)
    starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number);
  const next = starts.slice();
  const sorted = new Int32Array(starts[groups] as number);
  for (let row = 0; row < keys.length; row++) {
    const key = keys[row] as number;
    if (key < 0) continue;
    const at = next[key] as number;
    sorted[at] = row;
    next[key] = at + 1;
  }
  return {
    groups,
    starts,
    sorted,
    rows: (group) => sorted.subarray(starts[group], starts[group + 1]),
  };
}
