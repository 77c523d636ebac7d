import type { ObjectFacts, SchemaNode } from '../../profile/schema/node.ts';
import { byCodeUnit } from '../../support/json.ts';
import { lostBeside } from './beside.ts';
import { escapePointer, unescapePointer } from './pointer.ts';
import type { Change } from './report.ts';
import type { SchemaRuleId } from './rules.ts';
import {
  eachOnce,
  type Loss,
  lossOf,
  type Share,
  type Support,
  standing,
  weigh,
  weighSubjects,
} from './share.ts';
import { mostlyMissing } from './surge.ts';
import { typeNames } from './types.ts';
import { explained, narrowed, sharedVariants, type Union } from './union.ts';
import type { Weighed } from './weight.ts';

/** What writers do to all names at once, who leave out what is null. */
export const NULLS_LEFT_OUT = 'is left out where it was null';
const LACKS: ReadonlySet<string> = new Set(['schema.field-removed', 'schema.became-optional']);
const SIMILAR = 1.5;

/** The objects of one side at one place. */
export interface Objects {
  readonly node: SchemaNode;
  readonly facts: ObjectFacts;
}

/** One field of them, and where it is. */
interface Field {
  readonly base: Objects;
  readonly cand: Objects;
  readonly name: string;
  readonly pointer: string;
}

/** Fields that came, went, became optional or required. */
export function fieldChanges(
  base: Objects,
  cand: Objects,
  pointer: string,
  support: Support,
): Change[] {
  const names = new Set([...base.facts.properties.keys(), ...cand.facts.properties.keys()]);
  const union = sharedVariants(variantsOf(base), variantsOf(cand));
  const changes = [...names].sort(byCodeUnit).flatMap((name) => {
    const field = { base, cand, name, pointer: `${pointer}/${escapePointer(name)}` };
    const within =
      (union && narrowed(union, name, eachOnce(support))) ??
      lostBeside(base, cand, name, pointer, eachOnce(support));
    if (within) return changed(field, within, ` where ${within.where}`);
    const move = moveOf(field, support);
    if (union && explained(union, name)) return newVariant(field, move, union) ?? [];
    return (move.weight === 'same' ? missingNow(field, support) : changed(field, move, '')) ?? [];
  });
  return withRenames(changes, base, cand, pointer);
}

/** A field that all had is missing where the objects are of a kind that is new. */
function newVariant(field: Field, move: Move, { field: tag, added }: Union): Change | undefined {
  if (move.weight === 'same' || standing(move.base) !== 'always' || added.length === 0)
    return undefined;
  return {
    ...changed(field, move, ''),
    rule: 'schema.variant-added',
    what: `is missing where ${tag} is ${added.join(' or ')}, a variant never seen before`,
  };
}

function missingNow({ base, cand, name, pointer }: Field, support: Support): Change | undefined {
  const missing = mostlyMissing(shareOf(base, name), shareOf(cand, name), support);
  return (
    missing && {
      ...missing,
      rule: 'schema.became-optional',
      pointer,
      baseExamples: lacking(base, name),
      candExamples: lacking(cand, name),
    }
  );
}

function moveOf({ base, cand, name }: Field, support: Support): Move {
  const [was, is] = [shareOf(base, name), shareOf(cand, name)];
  const byCalls = weigh(was, is, support);
  const move = { base: was, cand: is, weight: byCalls };
  if (!support.subjects) return move;
  const isNever = was.some === 0 || is.some === 0;
  // Which objects lack it is known as long as all sets of fields are.
  const isKnown = [base, cand].every((side) => side.facts.shapes.covers(side.node.count('object')));
  const share = ({ node, facts }: Objects): Share => {
    const all = node.about(['object']).size;
    const having = facts.properties.get(name)?.node.about().size ?? 0;
    if (isNever) return { some: having, all };
    return { some: isKnown ? facts.shapes.aboutWithout(name).size : all - having, all };
  };
  const shown = { calls: [was, is], subjects: [share(base), share(cand)] } as const;
  if (isNever || isKnown) return { ...move, ...weighSubjects(byCalls, shown, support) };
  // Only those are known that never have it: others may lack it at times.
  const once = weigh(was, is, eachOnce(support));
  const { repeated } = weighSubjects(once, shown, support);
  return { ...move, weight: repeated && once === 'decided' ? 'undecided' : once };
}

function variantsOf({ node, facts }: Objects) {
  return { variants: facts.variants, objects: node.count('object') };
}

interface Move extends Weighed {
  readonly base: Share;
  readonly cand: Share;
}

function changed({ base, cand, name, pointer }: Field, move: Move, where: string): Change {
  const [was, is] = [standing(move.base), standing(move.cand)];
  const [rule, usual, loss] = ruleOf(was, is, move.base);
  const what = LACKS.has(rule) && nullsLeftOut(base, cand, name) ? NULLS_LEFT_OUT : usual;
  const having = (side: Objects) => side.facts.properties.get(name)?.node.examples() ?? [];
  return {
    rule,
    pointer,
    what: `${what}${where}`,
    base: move.base,
    cand: move.cand,
    weight: move.weight,
    ...(move.repeated && { repeated: true }),
    ...loss,
    baseExamples: was === 'always' ? having(base) : lacking(base, name),
    candExamples:
      rule === 'schema.field-added' || rule === 'schema.became-required'
        ? having(cand)
        : lacking(cand, name),
  };
}

/** Whether a field is missing about as often as it was null, which it is no more. */
function nullsLeftOut(base: Objects, cand: Objects, name: string): boolean {
  const [before, after] = [base, cand].map((side) => side.facts.properties.get(name)?.node);
  const [was, is] = [base, cand].map((side) => shareOf(side, name));
  if (!before || !was || !is || (after?.count('null') ?? 0) > 0) return false;
  const nulls = before.count('null') / was.all;
  const missing = 1 - is.some / is.all;
  return nulls > missing / SIMILAR && nulls < missing * SIMILAR;
}

function ruleOf(
  was: string,
  is: string,
  base: Share,
): [SchemaRuleId, string, Loss | { readonly atMost: 'info' }] {
  if (is === 'never') return ['schema.field-removed', 'is not there any more', lossOf(base)];
  if (was === 'never') {
    return ['schema.field-added', 'is new', is === 'always' ? {} : { atMost: 'info' }];
  }
  return is === 'always'
    ? ['schema.became-required', 'is always there now', {}]
    : ['schema.became-optional', 'is missing at times', {}];
}

function lacking(side: Objects, name: string): string[] {
  const ids = side.facts.shapes.without(name);
  return ids.length > 0 || side.facts.properties.has(name) ? ids : side.node.examples(['object']);
}

function shareOf(side: Objects, name: string): Share {
  return {
    some: side.facts.properties.get(name)?.node.total ?? 0,
    all: side.node.count('object'),
  };
}

/** Says of a removed field which new one may be the same: alike in type and presence. */
function withRenames(
  changes: readonly Change[],
  base: Objects,
  cand: Objects,
  pointer: string,
): Change[] {
  const nodeOf = (side: Objects, change: Change) =>
    side.facts.properties.get(unescapePointer(change.pointer.slice(pointer.length + 1)))?.node;
  const added = changes.filter((change) => change.rule === 'schema.field-added');
  return changes.map((change) => {
    if (change.rule !== 'schema.field-removed') return change;
    const removed = nodeOf(base, change);
    const alike = added.filter((other) => {
      const node = nodeOf(cand, other);
      return (
        removed &&
        node &&
        typeNames(removed) === typeNames(node) &&
        removed.string?.formats === node.string?.formats &&
        standing(change.base) === standing(other.cand)
      );
    });
    const like = alike.find((other) => lettersOf(other.pointer) === lettersOf(change.pointer));
    const renamed = like ?? (alike.length === 1 ? alike[0] : undefined);
    if (!renamed) return change;
    return { ...change, renamed: renamed.pointer };
  });
}

/** Of a name, without case and joints: those of `userName` and `user_name` are the same. */
export function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, '');
}
