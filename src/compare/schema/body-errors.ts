import type { SchemaNode } from '../../profile/schema/node.ts';
import { nodeAt } from './locate.ts';
import type { Change } from './report.ts';

/** Where bodies tell of errors: GraphQL, JSON:API, and what most services call it. */
const ERROR_PLACE = /^\/(?:errors?|exception|fault)(?=\/|$)/i;

/**
 * A change in a response that tells of an error which was never told of: a field for errors that is
 * new and filled, or a new member among its codes. Any other change is returned as it is.
 */
export function asBodyError(change: Change, cand: SchemaNode): Change {
  const { rule, pointer, cand: after } = change;
  if (!ERROR_PLACE.test(pointer)) return change;
  if (rule === 'schema.enum-value-added') return { ...change, rule: 'error.new-code' };
  const appeared = rule === 'schema.field-added' || rule === 'schema.type-changed';
  const root = pointer.lastIndexOf('/') === 0;
  if (!appeared || !root || change.base.some > 0) return change;
  const node = nodeAt(cand, pointer);
  const filled = node ? filledValues(node) : 0;
  if (filled === 0) return change;
  const { atMost: _, ...rest } = change;
  const share = { some: Math.min(filled, after.all), all: after.all };
  return { ...rest, rule: 'error.new-code', what: 'tells of an error', cand: share };
}

/** Values that say something: no null, no empty list, text or object. */
function filledValues(node: SchemaNode): number {
  const fields = node.object && (node.object.properties.size > 0 || node.object.patterns.size > 0);
  return (
    node.count('array') -
    (node.array?.empty ?? 0) +
    node.count('string') -
    (node.string?.empty ?? 0) +
    (fields ? node.count('object') : 0)
  );
}
