/** What of a rolling baseline is decided by: when a window ended, and what makes two the same. */
export interface Dated {
  /** Unix ms; null where it holds no call. */
  readonly end: number | null;
  /** The same window has the same. */
  readonly key: string;
}

export interface Rolled<T> {
  /** In order of time. */
  readonly kept: readonly T[];
  /** Older than the age limit. */
  readonly aged: readonly T[];
}

/** Parts windows by age: older is what ended more than `maxAge` ms before `now`. Keeps their order. */
export function byAge<T extends Pick<Dated, 'end'>>(
  windows: readonly T[],
  maxAge: number | undefined,
  now: number,
): Rolled<T> {
  const old = ({ end }: T) => maxAge !== undefined && now - (end ?? -Infinity) > maxAge;
  return { kept: windows.filter((window) => !old(window)), aged: windows.filter(old) };
}

/**
 * Appends windows to those that are stored: at most the `keep` newest remain, none older than
 * `maxAge` ms before `now`. A window that is there already counts once, so that repeating changes
 * nothing; appending one by one gives the same as all at once.
 */
export function roll<T extends Dated>(
  stored: readonly T[],
  fresh: readonly T[],
  { keep, maxAge, now }: { keep: number; maxAge?: number | undefined; now: number },
): Rolled<T> {
  const all = new Map([...stored, ...fresh].map((window) => [window.key, window]));
  const sorted = [...all.values()].sort(
    (a, b) => (a.end ?? 0) - (b.end ?? 0) || (a.key < b.key ? -1 : 1),
  );
  const { kept, aged } = byAge(sorted, maxAge, now);
  return { kept: kept.slice(-keep), aged };
}
