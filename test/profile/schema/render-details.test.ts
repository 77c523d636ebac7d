import { describe, expect, it } from 'vitest';
import { renderSchema } from '../../../src/profile/schema/render.ts';
import { observed } from './make.ts';

const plain = (value: unknown) => JSON.parse(JSON.stringify(value ?? 'undefined'));

describe('a schema', () => {
  const schema = (...values: unknown[]) => plain(renderSchema(observed(values)));

  it('says of numbers with and without a fraction that they are numbers', () => {
    expect(schema(1, 1.5)).toMatchObject({
      type: 'number',
      'x-wireproof': { types: { integer: 1, number: 1 } },
    });
    expect(schema(1, 'a')).toMatchObject({ type: ['integer', 'string'] });
    expect(schema(1)).not.toHaveProperty('x-wireproof.formats');
  });

  it('has an enumeration from twenty values on that repeat five times', () => {
    const of = (size: number, ...more: unknown[]) =>
      schema(...Array.from({ length: size }, (_, i) => (i % 4 ? 'open' : 'shut')), ...more).enum;
    expect(of(20)).toEqual(['open', 'shut']);
    expect(of(19)).toBeUndefined();
    expect(of(20, null, '')).toEqual(['', 'open', 'shut', null]);
    expect(of(20, 7)).toBeUndefined();
    expect(of(20, '***')).toBeUndefined();
    expect(of(20, 'a', 'b', 'c')).toBeUndefined();
    expect(of(22, 'a', 'b', 'c')).toHaveLength(5);
    expect(schema(...Array(20).fill('2026-01-05')).enum).toBeUndefined();
  });

  it('has a format where every text has it', () => {
    expect(schema('2026-01-05').format).toBe('date');
    expect(schema('2026-01-05', '')).not.toHaveProperty('format');
    expect(schema('2026-01-05', '[redacted]')).not.toHaveProperty('format');
    expect(schema('2026-01-05', '[redacted]', '')).not.toHaveProperty('format');
    expect(schema('')['x-wireproof']).toEqual({ count: 1, types: { string: 1 } });
    expect(schema('5')).not.toHaveProperty('format');
  });

  it('has the items of lists, by position where their kinds differ', () => {
    expect(schema([]).items).toBeUndefined();
    expect(schema([1, 2], [3, 4])).toMatchObject({ items: { type: 'integer' } });
    const pairs = schema(['a', 1], ['b', 2]);
    expect(pairs).toMatchObject({
      prefixItems: [{ type: 'string' }, { type: 'integer' }],
      items: false,
      minItems: 2,
    });
    expect(pairs['x-wireproof'].items).toEqual({ shortest: 2, longest: 2 });
    expect(schema(['a', 1], ['b']).items).toMatchObject({ type: ['integer', 'string'] });
  });

  it('has the fields of objects, hostile names among them', () => {
    const hostile = schema(JSON.parse('{"__proto__":1,"a":2}'), JSON.parse('{"__proto__":1}'));
    expect(hostile).toMatchObject({
      properties: { a: { type: 'integer' } },
      patternProperties: { '^__proto__$': { type: 'integer' } },
      required: ['__proto__'],
      additionalProperties: false,
    });
    const empty = schema({});
    expect(empty.additionalProperties).toBe(false);
    for (const keyword of ['properties', 'required', 'patternProperties', 'anyOf']) {
      expect(empty).not.toHaveProperty(keyword);
    }
    expect(schema({ '42': 1, '43': 'x' })).toMatchObject({
      additionalProperties: { type: ['integer', 'string'] },
      'x-wireproof': { names: ['{int}'] },
    });
  });

  it('has variants only where all objects are of one', () => {
    const card = { type: 'card', last: 1 };
    const bank = { type: 'bank', iban: 1 };
    expect(schema(card, bank).anyOf).toEqual([
      { properties: { type: { const: 'bank' } }, required: ['iban'] },
      { properties: { type: { const: 'card' } }, required: ['last'] },
    ]);
    expect(schema(card, bank, { other: 1 }).anyOf).toBeUndefined();
    expect(schema(card, bank, null).anyOf).toBeUndefined();
    expect(schema(card).anyOf).toBeUndefined();
    expect(schema({ type: 'card' }, { type: 'bank' }).anyOf).toBeUndefined();
    expect(schema(card, { kind: 'x' }).anyOf).toBeUndefined();
  });

  it('says where it was not looked at what lies deeper', () => {
    let deep: unknown = { a: 1 };
    for (let i = 0; i < 40; i++) deep = [deep];
    expect(JSON.stringify(schema(deep))).toContain('"capped":true');
    const wide = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [
        `name${'abcdefghijklmnopqrstuvwxyz'[i % 26]}${'abcdefghijklmnopqrstuvwxyz'[Math.floor(i / 26)]}`,
        i,
      ]),
    );
    expect(schema(wide)['x-wireproof'].mapped).toBe(true);
    expect(schema({ a: 1 })['x-wireproof']).toEqual({ count: 1, types: { object: 1 } });
  });
});
