import type { SchemaNode, TypeName } from '../../profile/schema/node.ts';
import type { Nodes } from './lost.ts';
import type { Change } from './report.ts';
import type { SchemaRuleId } from './rules.ts';
import {
  type Loss,
  lossOf,
  type Share,
  type Support,
  standing,
  weigh,
  weighMove,
  weighSubjects,
} from './share.ts';
import { mostlyNow } from './surge.ts';
import { heavier, type Weighed } from './weight.ts';

/** Types as a reader tells them apart; an integer is a number. */
const KINDS: readonly (readonly TypeName[])[] = [
  ['null'],
  ['boolean'],
  ['integer', 'number'],
  ['string'],
  ['array'],
  ['object'],
];

interface Move extends Weighed {
  readonly types: readonly TypeName[];
  readonly base: Share;
  readonly cand: Share;
}

/** What changed in the types of the values at one place, if anything. */
export function typeChange(nodes: Nodes): Change | undefined {
  const { base, cand, pointer, support } = nodes;
  const moves = KINDS.flatMap((types) => moveOf(types, base, cand, support) ?? []);
  if (moves.length === 0) return fractions(nodes) ?? ofKindNow(nodes);
  const gained = moves.filter((move) => move.base.some === 0);
  const lost = moves.filter((move) => move.cand.some === 0);
  const change = (
    rule: SchemaRuleId,
    why: readonly Move[],
    what: string,
    loss: Loss = {},
  ): Change => {
    const most = why.reduce((a, b) => (heavier(a.weight, b.weight) === a.weight ? a : b));
    const types = why.flatMap((move) => move.types);
    return {
      rule,
      pointer,
      what,
      base: most.base,
      cand: most.cand,
      weight: most.weight,
      ...(most.repeated && { repeated: true }),
      ...loss,
      before: typeNames(base),
      after: typeNames(cand),
      baseExamples: base.examples(base.total > 0 && most.base.some > 0 ? types : undefined),
      candExamples: cand.examples(most.cand.some > 0 ? types : undefined),
    };
  };
  const turned = `was ${typeNames(base)} and is ${typeNames(cand)}`;
  const values = gained.filter(({ types }) => types[0] !== 'null');
  if (values.length > 0) {
    return change('schema.type-changed', values, turned, isNull(base) ? { atMost: 'warning' } : {});
  }
  if (gained.length > 0) {
    return isNull(cand)
      ? change('schema.type-changed', [...gained, ...lost], turned)
      : change('schema.became-nullable', gained, 'was never null and is null at times');
  }
  if (isNull(cand)) {
    const had: Share = { some: base.total - base.count('null'), all: base.total };
    return change('schema.type-changed', lost, 'is always null now', lossOf(had));
  }
  const nulls = lost.filter(({ types }) => types[0] === 'null');
  return nulls.length === lost.length
    ? change('schema.became-non-nullable', nulls, 'is never null any more')
    : change('schema.type-narrowed', lost, turned);
}

/** That values mostly are of a kind, or null, which they seldom were. */
function ofKindNow({ base, cand, pointer, support }: Nodes): Change | undefined {
  for (const types of KINDS) {
    const [kind = ''] = types;
    const surge = mostlyNow(kind, shareOf(base, types), shareOf(cand, types), support);
    if (!surge) continue;
    return {
      ...surge,
      rule: kind === 'null' ? 'schema.became-nullable' : 'schema.type-changed',
      pointer,
      baseExamples: base.examples(types),
      candExamples: cand.examples(types),
    };
  }
  return undefined;
}

/** Whole numbers that became fractions; a whole number by chance needs evidence, forced or not. */
function fractions({ base, cand, pointer, support }: Nodes): Change | undefined {
  const share = (node: SchemaNode): Share => ({
    some: node.count('number'),
    all: node.count('number') + node.count('integer'),
  });
  const before = share(base);
  const after = share(cand);
  if (before.some > 0 || after.some === 0) return undefined;
  const weight = weighMove(before, after, support);
  if (weight === 'too few' || weight === 'doubtful') return undefined;
  return {
    rule: 'schema.type-changed',
    pointer,
    what: 'was always an integer and is a number with a fraction at times',
    base: before,
    cand: after,
    weight,
    before: 'integer',
    after: 'number',
    baseExamples: base.examples(['integer']),
    candExamples: cand.examples(['number']),
  };
}

/** How sure it is that one side alone has a kind; what stays at times has its counterpart in another. */
function moveOf(
  types: readonly TypeName[],
  base: SchemaNode,
  cand: SchemaNode,
  support: Support,
): Move | undefined {
  const b = shareOf(base, types);
  const c = shareOf(cand, types);
  if ((b.some === 0) === (c.some === 0)) return undefined;
  const byCalls = weigh(b, c, support);
  const subjects = [aboutOf(base, types), aboutOf(cand, types)] as const;
  const weighed = weighSubjects(byCalls, { calls: [b, c], subjects }, support);
  return { types, base: b, cand: c, ...weighed };
}

function shareOf(node: SchemaNode, types: readonly TypeName[]): Share {
  return { some: types.reduce((sum, type) => sum + node.count(type), 0), all: node.total };
}

/** The same in what the values were about. */
function aboutOf(node: SchemaNode, types: readonly TypeName[]): Share {
  return { some: node.about(types).size, all: node.about().size };
}

function isNull(node: SchemaNode): boolean {
  return standing(shareOf(node, ['null'])) === 'always';
}

/** The types seen, commonest kinds as a reader names them: `string or null`. */
export function typeNames(node: SchemaNode): string {
  const names = KINDS.slice(1)
    .filter((types) => shareOf(node, types).some > 0)
    .map((types) => (types[0] === 'integer' && node.count('number') > 0 ? 'number' : types[0]));
  if (node.count('null') > 0) names.push('null');
  return names.join(' or ') || 'nothing';
}
