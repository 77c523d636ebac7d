import type { ObjectFacts, SchemaNode } from '../../profile/schema/node.ts';
import { byCodeUnit } from '../../support/json.ts';
import { lostBeside } from './beside.ts';
import { escapePointer, unescapePointer } from './pointer.ts';
import type { Change } from './report.ts';
import type { SchemaRuleId } from './rules.ts';
import {
  type Loss,
  lossOf,
  type Share,
  type Support,
  standing,
  type Weight,
  weigh,
} from './share.ts';
import { typeNames } from './types.ts';
import { explained, narrowed, sharedVariants } from './union.ts';

/** The objects of one side at one place. */
export interface Objects {
  readonly node: SchemaNode;
  readonly facts: ObjectFacts;
}

/** Fields that came, went, became optional or required. */
export function fieldChanges(
  base: Objects,
  cand: Objects,
  pointer: string,
  support: Support,
): Change[] {
  const names = new Set([...base.facts.properties.keys(), ...cand.facts.properties.keys()]);
  const changes: Change[] = [];
  const union = sharedVariants(variantsOf(base), variantsOf(cand));
  for (const name of [...names].sort(byCodeUnit)) {
    const before = shareOf(base, name);
    const after = shareOf(cand, name);
    const place = `${pointer}/${escapePointer(name)}`;
    const within =
      (union && narrowed(union, name, support)) ?? lostBeside(base, cand, name, pointer, support);
    if (within) {
      changes.push(changed(base, cand, name, place, within, ` where ${within.where}`));
      continue;
    }
    const weight = weigh(before, after, support);
    if (weight === 'same') continue;
    if (union && explained(union, name)) {
      if (standing(before) === 'always' && union.added.length > 0) {
        changes.push({
          ...changed(base, cand, name, place, { base: before, cand: after, weight }, ''),
          rule: 'schema.variant-added',
          what: `is missing where ${union.field} is ${union.added.join(' or ')}, a variant never seen before`,
        });
      }
      continue;
    }
    changes.push(changed(base, cand, name, place, { base: before, cand: after, weight }, ''));
  }
  return withRenames(changes, base, cand, pointer);
}

function variantsOf({ node, facts }: Objects) {
  return { variants: facts.variants, objects: node.count('object') };
}

interface Move {
  readonly base: Share;
  readonly cand: Share;
  readonly weight: Weight;
}

function changed(
  base: Objects,
  cand: Objects,
  name: string,
  pointer: string,
  move: Move,
  where: string,
): Change {
  const [was, is] = [standing(move.base), standing(move.cand)];
  const [rule, what, loss] = ruleOf(was, is, move.base);
  const having = (side: Objects) => side.facts.properties.get(name)?.node.examples() ?? [];
  return {
    rule,
    pointer,
    what: `${what}${where}`,
    base: move.base,
    cand: move.cand,
    weight: move.weight,
    ...loss,
    baseExamples: was === 'always' ? having(base) : lacking(base, name),
    candExamples:
      rule === 'schema.field-added' || rule === 'schema.became-required'
        ? having(cand)
        : lacking(cand, name),
  };
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
    const like = alike.find((other) => plain(other.pointer) === plain(change.pointer));
    const renamed = like ?? (alike.length === 1 ? alike[0] : undefined);
    if (!renamed) return change;
    return { ...change, what: `${change.what}; perhaps it is ${renamed.pointer} now` };
  });
}

/** Without case and joints: `userName` is `user_name`. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, '');
}
