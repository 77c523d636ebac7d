import type { SchemaNode } from '../../profile/schema/node.ts';
import { nodeAt } from './locate.ts';
import type { Change } from './report.ts';

/** Where bodies tell of errors: GraphQL, JSON:API, and what most services call it. */
const ERROR_PLACE = /^\/(?:errors?|exception|fault)(?=\/|$)/i;

/**
 * What a change in a response means beyond itself: an error that was never told of, where a field for
 * errors is new and filled, or its codes have a new member. Undefined for any other change.
 */
export function bodyError(change: Change, cand: SchemaNode): Change | undefined {
  const { rule, pointer, cand: after } = change;
  if (!ERROR_PLACE.test(pointer)) return undefined;
  if (rule === 'schema.enum-value-added') return { ...change, rule: 'error.new-code' };
  const appeared = rule === 'schema.field-added' || rule === 'schema.type-changed';
  const root = pointer.lastIndexOf('/') === 0;
  if (!appeared || !root || change.base.some > 0) return undefined;
  const node = nodeAt(cand, pointer);
  const filled = node ? filledValues(node) : 0;
  if (filled === 0) return undefined;
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
