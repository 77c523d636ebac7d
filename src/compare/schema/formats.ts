import { formatNames, STRONG_FORMATS } from '../../profile/schema/formats.ts';
import type { SchemaNode } from '../../profile/schema/node.ts';
import type { Nodes } from './lost.ts';
import { inClear } from './masks.ts';
import type { Change } from './report.ts';
import { type Share, type Support, weighMove } from './share.ts';
import type { Weight } from './weight.ts';

const MIN_VALUES = 20;

/** A format that all values had and many lost, or that none had and all have. */
export function formatChange(nodes: Nodes): Change | undefined {
  return textFormat(nodes) ?? timeUnit(nodes);
}

function textFormat({ base, cand, pointer, support }: Nodes): Change | undefined {
  const before = base.string;
  const after = cand.string;
  if (!before || !after || before.sample.size === 0 || after.sample.size === 0) return undefined;
  if (!isJudged({ base, cand, support })) return undefined;
  const sampled = sampledSupport({ base, cand, support });
  const changed = (format: number, weight: Weight, atMost?: 'warning' | 'info'): Change => {
    const was = nameOf(before.formats, after.formats);
    const is = nameOf(after.formats, before.formats);
    return {
      rule: 'schema.format-changed',
      pointer,
      what: `was ${was} and is ${is}`,
      base: { some: before.sample.having(format), all: before.sample.size },
      cand: { some: after.sample.having(format), all: after.sample.size },
      weight,
      ...(atMost && { atMost }),
      before: formatNames(before.formats).join(', ') || 'none',
      after: formatNames(after.formats).join(', ') || 'none',
      baseExamples: base.examples(['string']),
      candExamples: cand.examples(['string']),
    };
  };
  const lost = before.formats & ~after.formats;
  for (const format of bits(lost & STRONG_FORMATS)) {
    const weight = weighFormat(before.sample.size, after.sample, format, sampled);
    if (weight !== 'same') return changed(format, weight);
  }
  for (const format of bits(lost & ~STRONG_FORMATS)) {
    if (after.sample.having(format) * 2 > after.sample.size) continue;
    const weight = weighFormat(before.sample.size, after.sample, format, sampled);
    if (weight === 'decided') return changed(format, weight, 'warning');
  }
  for (const format of bits(after.formats & STRONG_FORMATS)) {
    if (before.sample.having(format) > 0 || !before.values.open) continue;
    return changed(format, 'decided', 'warning');
  }
  return undefined;
}

/** Whether both sides have enough texts in clear to tell how they are written. */
export function isJudged({
  base,
  cand,
  support,
}: Pick<Nodes, 'base' | 'cand' | 'support'>): boolean {
  const [before, after] = [inClear(base).some, inClear(cand).some];
  return Math.min(before * support.scale.base, after * support.scale.cand) >= MIN_VALUES;
}

/** The format that tells these texts from the others: `date-time-utc` where both are `date-time`. */
function nameOf(formats: number, others: number): string {
  return formatNames(formats & ~others)[0] ?? formatNames(formats)[0] ?? 'of no one format';
}

/** What a share of the sampled texts says: as much as their number, but no more than the bodies that they come from. */
export function sampledSupport({
  base,
  cand,
  support,
}: Pick<Nodes, 'base' | 'cand' | 'support'>): Support {
  const scale = (node: SchemaNode, bodies: number) =>
    scaleOf(inClear(node).some * bodies, node.string?.sample.size ?? 0);
  return {
    ...support,
    scale: { base: scale(base, support.scale.base), cand: scale(cand, support.scale.cand) },
  };
}

function scaleOf(bodies: number, sample: number): number {
  return Math.min(1, bodies / sample);
}

function weighFormat(
  size: number,
  after: { readonly size: number; having(mask: number): number },
  format: number,
  support: Support,
): Weight {
  const was: Share = { some: size, all: size };
  const is: Share = { some: after.having(format), all: after.size };
  const weight = weighMove(was, is, support);
  return weight === 'too few' ? 'doubtful' : weight;
}

const SECOND = 2 ** 30;
const MILLISECOND = 2 ** 40;
const MICROSECOND = 2 ** 50;

/** Times since 1970 that changed their unit: between 2004 and 2038 the units' ranges lie far apart. */
function timeUnit({ base, cand, pointer, support }: Nodes): Change | undefined {
  const was = unitOf(base);
  const is = unitOf(cand);
  const n1 = base.count('integer');
  const n2 = cand.count('integer');
  if (!was || !is || was === is) return undefined;
  if (n1 * support.scale.base < MIN_VALUES || n2 * support.scale.cand < MIN_VALUES)
    return undefined;
  return {
    rule: 'schema.format-changed',
    pointer,
    what: `was in ${was} since 1970 and is in ${is}`,
    base: { some: n1, all: n1 },
    cand: { some: 0, all: n2 },
    weight: 'decided',
    before: was,
    after: is,
    baseExamples: base.examples(['integer']),
    candExamples: cand.examples(['integer']),
  };
}

function unitOf(node: SchemaNode): string | undefined {
  const numbers = node.number;
  if (!numbers || numbers.negative > 0 || node.count('number') > 0) return undefined;
  if (numbers.magnitudes.within(SECOND, SECOND * 2)) return 'seconds';
  if (numbers.magnitudes.within(MILLISECOND, MILLISECOND * 2)) return 'milliseconds';
  if (numbers.magnitudes.within(MICROSECOND, MICROSECOND * 2)) return 'microseconds';
  return undefined;
}

function* bits(mask: number): Generator<number> {
  for (let bit = 1; bit <= mask; bit *= 2) if ((mask & bit) !== 0) yield bit;
}
