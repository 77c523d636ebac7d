import { STRONG_FORMATS } from '../../profile/schema/formats.ts';
import { isOfWords } from './enums.ts';
import { isJudged } from './formats.ts';
import { moved, type Nodes, once } from './lost.ts';
import type { Change } from './report.ts';

/** Of so many no case of few is lost. */
const MANY = 1 / 3;
/** No limit is lower; shorter texts are words. */
const LOWEST = 16;

/**
 * Texts of which many were longer than any is now, by a power of two: cut off, perhaps, by a column or
 * a limit. How long texts are is data, so it is told only; of a format, its length is.
 */
export function textShortened(nodes: Nodes): Change | undefined {
  const { base, cand } = nodes;
  const before = base.string;
  const length = cand.string?.lengths.range()?.high ?? 0;
  if (!before || length < LOWEST || !isJudged(nodes)) return undefined;
  if ((before.formats & STRONG_FORMATS) !== 0 || isOfWords(before)) return undefined;
  const was = { some: before.lengths.atLeast(length), all: base.count('string') };
  if (was.some < MANY * was.all) return undefined;
  const is = { some: 0, all: cand.count('string') };
  const change = moved(once(nodes), [was, is], ['string'], {
    rule: 'schema.format-changed',
    what: `never has ${length} characters or more any more`,
  });
  return change.weight === 'decided' ? { ...change, atMost: 'warning' } : undefined;
}
