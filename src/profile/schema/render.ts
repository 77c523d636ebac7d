import { type Json, sortedEntries } from '../../support/json.ts';
import { formatNames } from './formats.ts';
import { sumOf } from './merge.ts';
import { type ArrayFacts, type ObjectFacts, type SchemaNode, TYPES } from './node.ts';
import type { StringFacts } from './string-facts.ts';
import { isUrlKind } from './url-kind.ts';

type Schema = { [keyword: string]: Json };

/** Where the counts stand in a rendered schema. */
export const COUNTS_KEYWORD = 'x-wireproof';
const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
/** Formats that JSON Schema 2020-12 names alike. */
const KNOWN = new Set(['uuid', 'date-time', 'date', 'duration', 'email', 'uri', 'ipv4', 'ipv6']);
/** An enumeration is written as one from so many values on, and so many repeats of each. */
const MIN_ENUM_VALUES = 20;
const MIN_ENUM_REPEATS = 5;

/**
 * What was seen as JSON Schema 2020-12, counts in `x-wireproof`: every observed value is valid, and
 * what was always so is required.
 */
export function renderSchema(node: SchemaNode): Json {
  return { $schema: DIALECT, ...render(node) };
}

function render(node: SchemaNode): Schema {
  if (node.total === 0) return {};
  const schema: Schema = {};
  const types = typesOf(node);
  schema.type = types.length === 1 ? (types[0] as string) : types;
  if (node.string) renderString(schema, node, node.string);
  if (node.array) renderArray(schema, node.array);
  if (node.object) renderObject(schema, node, node.object);
  schema[COUNTS_KEYWORD] = countsOf(node);
  return schema;
}

function typesOf(node: SchemaNode): string[] {
  return TYPES.filter(
    (type) => node.count(type) > 0 && !(type === 'integer' && node.count('number') > 0),
  );
}

function renderString(schema: Schema, node: SchemaNode, facts: StringFacts): void {
  const clean = facts.empty + facts.masked === 0;
  const format = formatNames(facts.formats).find((name) => KNOWN.has(name));
  if (format && clean) schema.format = format;
  const values = facts.values.entries();
  const total = values.reduce((sum, [, times]) => sum + times, 0);
  const others = node.total - node.count('string') - node.count('null');
  if (facts.masked > 0 || others > 0 || total < MIN_ENUM_VALUES) return;
  if (values.length === 0 || values.length * MIN_ENUM_REPEATS > total) return;
  if (values.some(([value]) => isUrlKind(value))) return;
  schema.enum = [
    ...(facts.empty > 0 ? [''] : []),
    ...values.map(([value]) => value),
    ...(node.count('null') > 0 ? [null] : []),
  ];
}

function renderArray(schema: Schema, array: ArrayFacts): void {
  const { positions } = array;
  if (positions) {
    const kinds = new Set(positions.map((position) => typesOf(position).join()));
    if (kinds.size > 1) {
      schema.prefixItems = positions.map(render);
      schema.items = false;
      schema.minItems = positions.length;
      return;
    }
  }
  const items = positions ? sumOf([array.items, ...positions]) : array.items;
  if (items.total > 0) schema.items = render(items);
}

function renderObject(schema: Schema, node: SchemaNode, object: ObjectFacts): void {
  if (node.capped) return;
  const properties = sortedEntries(object.properties);
  const plain = properties.filter(([name]) => name !== '__proto__');
  if (plain.length > 0) {
    schema.properties = Object.fromEntries(
      plain.map(([name, { node: value }]) => [name, render(value)]),
    );
  }
  const proto = object.properties.get('__proto__');
  // Validators skip this name among properties, but not as a pattern.
  if (proto) schema.patternProperties = { '^__proto__$': render(proto.node) };
  const always = properties
    .filter(([, { node: value }]) => value.total === node.count('object'))
    .map(([name]) => name);
  if (always.length > 0) schema.required = always;
  const others = [...object.patterns.values()];
  schema.additionalProperties = others.length > 0 ? render(sumOf(others)) : false;
  const variants = variantsOf(node, object, always);
  if (variants.length > 1) schema.anyOf = variants;
}

/** One alternative per variant, with what all of its objects have beyond what all objects have. */
function variantsOf(node: SchemaNode, object: ObjectFacts, always: readonly string[]): Schema[] {
  const entries = [...object.variants.entries()];
  const field = entries[0]?.[0];
  if (field === undefined || entries.some(([name]) => name !== field)) return [];
  const covered = entries.reduce((sum, [, , variant]) => sum + variant.count, 0);
  const only = node.total === node.count('object') && covered === node.total;
  if (!only) return [];
  const alternatives = entries.map(([, value, { count, present }]) => {
    const own = [...object.properties.keys()]
      .filter((name) => present.get(name) === count && !always.includes(name))
      .sort();
    return { properties: { [field]: { const: value } }, ...(own.length > 0 && { required: own }) };
  });
  return alternatives.some((one) => 'required' in one) ? alternatives : [];
}

function countsOf(node: SchemaNode): Json {
  const formats = formatNames(node.string?.formats ?? 0);
  return {
    count: node.total,
    types: Object.fromEntries(
      TYPES.filter((type) => node.count(type) > 0).map((type) => [type, node.count(type)]),
    ),
    ...(formats.length > 0 && (node.string?.sample.size ?? 0) > 0 && { formats }),
    ...(node.string &&
      node.string.values.entries().length > 0 && {
        values: node.string.values.entries(),
      }),
    ...(node.array && {
      items: { shortest: node.array.shortest, longest: node.array.longest },
    }),
    ...(node.object &&
      node.object.patterns.size > 0 && {
        names: [...node.object.patterns.keys()].sort(),
      }),
    ...(node.capped && { capped: true }),
    ...(node.object?.mapped && { mapped: true }),
  };
}
