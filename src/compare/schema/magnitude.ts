import type { SchemaNode } from '../../profile/schema/node.ts';
import type { Nodes } from './lost.ts';
import type { Change } from './report.ts';
import { eachOnce, weigh } from './share.ts';

const MIN_VALUES = 20;
/** Nearly all numbers of a side lie between these shares of them. */
const FEWEST = 0.05;
const MOST = 0.95;
/** Octaves from which on they are of another magnitude: units differ by 10, 60, 100, 1,000 and more. */
const FAR = 3;
/** How many octaves narrower or wider what is only in another unit may look. */
const RESHAPED = 1;
/** What grows, or begins again with each rollout, by the last word of its name. */
const GROWS =
  /^(?:uptime|age|count|counter|counts|sequence|seq|offset|version|revision|generation|ids?)$/i;
const LAST_WORD = /(?:[A-Z]?[a-z]+|[A-Z]+)$/;

/** Numbers that are all many times as large, or as small, as any before: another unit, or a wrong factor. */
export function rescaled({ base, cand, pointer, support }: Nodes): Change | undefined {
  const { scale } = support;
  const [was, is] = [spread(base, scale.base), spread(cand, scale.cand)];
  if (!was || !is || GROWS.test(LAST_WORD.exec(pointer)?.[0] ?? '')) return undefined;
  const moved = is.middle - was.middle;
  const apart = moved > 0 ? is.low - was.high : was.low - is.high;
  if (Math.abs(moved) < FAR || apart <= 0 || isReshaped(was, is)) return undefined;
  const [before, now] = [
    { some: was.count, all: was.count },
    { some: 0, all: is.count },
  ];
  if (weigh(before, now, eachOnce(support)) !== 'decided') return undefined;
  return {
    rule: 'schema.format-changed',
    pointer,
    what: `was ${words(was)} and is ${words(is)}: another magnitude`,
    base: before,
    cand: now,
    weight: 'decided',
    atMost: 'warning',
    baseExamples: base.examples(['integer', 'number']),
    candExamples: cand.examples(['integer', 'number']),
  };
}

interface Spread {
  readonly count: number;
  /** Powers of two below which few, half, and nearly all of the numbers lie. */
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

/** Of the numbers that are not zero; undefined where they are few. */
function spread(node: SchemaNode, scale: number): Spread | undefined {
  const magnitudes = node.number?.magnitudes;
  if (!magnitudes) return undefined;
  // Below one lie fractions, or else only zeros, which are so in any unit.
  const least = node.count('number') > 0 ? 0 : 1;
  const count = magnitudes.count(least);
  if (count * scale < MIN_VALUES) return undefined;
  const octave = (share: number) => magnitudes.octave(share, least);
  return { count, low: octave(FEWEST), middle: octave(0.5), high: octave(MOST) };
}

/** Fractions are one bucket, however far apart they are. */
function isReshaped(was: Spread, is: Spread): boolean {
  const wider = is.high - is.low - (was.high - was.low);
  return Math.min(was.low, is.low) >= 0 && Math.abs(wider) > RESHAPED;
}

function words({ low, high }: Spread): string {
  const number = (octave: number) => (octave < 0 ? 0 : 2 ** octave).toLocaleString('en-US');
  return `between ${number(Math.floor(low))} and ${number(Math.ceil(high))}`;
}
