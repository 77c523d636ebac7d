/** Calls that ended in some way, of all. */
export interface Counted {
  readonly count: number;
  readonly calls: number;
}

/** What was hardly called before is taken to have ended as others do in so many calls. */
const BORROWED = 20;

/**
 * Known-good counts with those that are borrowed from `usual` (0…1), the share among others. An
 * operation that itself ended so, be it in one of its few calls, is no longer held to be as others are.
 */
export function withBorrowed({ count, calls }: Counted, usual: number): Counted {
  if (count > 0) return { count, calls };
  return { count: Math.round(usual * BORROWED), calls: calls + BORROWED };
}
