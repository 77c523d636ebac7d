import { STRONG_FORMATS } from '../../profile/schema/formats.ts';
import type { SchemaNode } from '../../profile/schema/node.ts';
import { isOfWords } from './enums.ts';
import { isJudged } from './formats.ts';
import { lost, type Nodes, once } from './lost.ts';
import type { Change } from './report.ts';
import type { Share } from './share.ts';

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
  const length = cand.string?.lengths.range()?.high ?? 0;
  if (!base.string || length < LOWEST || !isJudged(nodes)) return undefined;
  if ((base.string.formats & STRONG_FORMATS) !== 0 || isOfWords(base.string)) return undefined;
  const long = (node: SchemaNode): Share => ({
    some: node.string?.lengths.atLeast(length) ?? 0,
    all: node.count('string'),
  });
  const was = long(base);
  if (was.some < MANY * was.all) return undefined;
  const change = lost(once(nodes), [was, long(cand)], ['string'], {
    rule: 'schema.format-changed',
    what: `never has ${length} characters or more any more`,
  });
  return change?.weight === 'decided' ? { ...change, atMost: 'warning' } : undefined;
}
