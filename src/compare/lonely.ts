/** An operation with more calls than this on its only side is one that came or went, not a stray value. */
const FEW = 3;

/** A template with the calls that each side has of it. */
export interface Seen {
  readonly template: readonly string[];
  readonly base: number;
  readonly cand: number;
}

/**
 * Templates for values seen too seldom to be known as values: where one side has a few calls to
 * `/plans/gold` and the other a few to `/plans/silver`, alike but for one segment and with no other
 * such path beside them, both are `/plans/{id}`. Too few calls to judge by default, but what is
 * forced to be compared should be compared with its like.
 */
export function lonelyTemplates(seen: readonly Seen[]): string[][] {
  const found: string[][] = [];
  const before = seen.filter(({ base, cand }) => cand === 0 && base > 0 && base <= FEW);
  const after = seen.filter(({ base, cand }) => base === 0 && cand > 0 && cand <= FEW);
  for (const one of before) {
    for (const other of after) {
      const at = onlyDifference(one.template, other.template);
      if (at === undefined) continue;
      const alike = seen.filter(({ template }) => differsAt(one.template, template, at));
      if (alike.length === 2) found.push(one.template.with(at, '{id}'));
    }
  }
  return found;
}

/** The one position at which two paths of a length differ; the first segment names, it is no value. */
function onlyDifference(a: readonly string[], b: readonly string[]): number | undefined {
  if (a.length !== b.length) return undefined;
  const different = a.flatMap((segment, i) => (segment === b[i] ? [] : [i]));
  return different.length === 1 && different[0] !== 0 ? different[0] : undefined;
}

function differsAt(a: readonly string[], b: readonly string[], at: number): boolean {
  return a.length === b.length && a.every((segment, i) => i === at || segment === b[i]);
}
