/** A reading by its key finds one row, with or without a limit. */
const BY_KEY = /\bwhere (?:\S+\.)?"?(?:id|uuid|_id)"? = \?/;
/** Filters, limits and locks: what a statement must not lose unnoticed. */
const GUARDS: ReadonlySet<string> = new Set(['where', 'and', 'limit', 'for']);

/**
 * The words that a statement lost if the other is the same without them and they guarded it: a filter,
 * a limit, a lock. Both in plain form.
 */
export function lostGuard(before: string, after: string): string | undefined {
  const [was, is] = [before.split(' '), after.split(' ')];
  const missing = was.length - is.length;
  if (missing <= 0) return undefined;
  let same = 0;
  while (same < is.length && was[same] === is[same]) same++;
  if (is.slice(same).some((word, i) => word !== was[same + missing + i])) return undefined;
  const lost = was.slice(same, same + missing);
  const [first = '', last = ''] = [lost[0], lost.at(-1)];
  if (!GUARDS.has(first) && last !== 'and') return undefined;
  return first === 'limit' && BY_KEY.test(before) ? undefined : lost.join(' ');
}
