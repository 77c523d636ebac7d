import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderSchema } from '../../../src/profile/schema/render.ts';
import { json, observed } from './make.ts';

function validator(schema: unknown) {
  const ajv = new Ajv2020({
    strict: false,
    ownProperties: true,
    validateFormats: false,
    logger: false,
  });
  return ajv.compile(JSON.parse(JSON.stringify(schema)));
}

describe('renderSchema', () => {
  it('accepts every value it was inferred from', () => {
    fc.assert(
      fc.property(fc.array(json, { minLength: 1, maxLength: 30 }), (values) => {
        const validate = validator(renderSchema(observed(values)));
        for (const value of values) expect(validate(value), JSON.stringify(value)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('requires what was always there, allows null where it was, and tells the counts', () => {
    const schema = renderSchema(
      observed([
        { id: 1, name: 'a', note: null },
        { id: 2, name: 'b', note: 'x', extra: true },
      ]),
    );
    expect(schema).toMatchObject({
      type: 'object',
      required: ['id', 'name', 'note'],
      additionalProperties: false,
      properties: {
        id: { type: 'integer', 'x-wireproof': { count: 2 } },
        note: { type: ['null', 'string'] },
        extra: { type: 'boolean', 'x-wireproof': { count: 1 } },
      },
    });
  });

  it('refuses a field of one variant missing from that variant only', () => {
    const values = Array.from({ length: 10 }, (_, i) =>
      i % 2 ? { type: 'card', last4: '4242' } : { type: 'bank', iban: 'x' },
    );
    const validate = validator(renderSchema(observed(values)));
    expect(validate({ type: 'card', last4: '1' })).toBe(true);
    expect(validate({ type: 'card' })).toBe(false);
    expect(validate({ type: 'bank' })).toBe(false);
  });

  it('writes maps as additional properties, tuples as prefix items, enumerations and formats', () => {
    const values = Array.from({ length: 40 }, (_, i) => ({
      prices: { [crypto.randomUUID()]: i },
      point: [i / 3, 'north'],
      status: i % 2 ? 'open' : 'closed',
      at: new Date(i * 1e9).toISOString(),
      link: `https://example.com/${i}`,
    }));
    const schema = renderSchema(observed(values));
    expect(validator(schema)({ ...values[0], link: 'https://example.org/' })).toBe(true);
    expect(schema).toMatchObject({
      properties: {
        prices: { additionalProperties: { type: 'integer' }, 'x-wireproof': { names: ['{uuid}'] } },
        point: { prefixItems: [{ type: 'number' }, { type: 'string' }], items: false },
        status: { enum: ['closed', 'open'] },
        at: { format: 'date-time' },
      },
    });
  });
});
