import { describe, expect, it } from 'vitest';
import { SCHEMA_RULES } from '../../../src/compare/schema/rules.ts';
import { compareBodies, Malformed } from './make.ts';

const status = (i: number) => ['open', 'closed', 'paid'][i % 3];
const instant = (i: number) => new Date(1.7e12 + i * 12_345_678).toISOString();

interface Example {
  readonly rule: keyof typeof SCHEMA_RULES;
  readonly side?: 'request' | 'response';
  readonly base: (i: number) => unknown;
  readonly cand: (i: number) => unknown;
  readonly told: string;
  /** Things that are asked for in turn; each once where unsaid. */
  readonly things?: number;
}

const examples: readonly Example[] = [
  {
    rule: 'schema.field-removed',
    base: (i) => ({
      items: [
        { id: i, price: i },
        { id: i, price: 2 },
      ],
    }),
    cand: (i) => ({ items: [{ id: i }, { id: i }, { id: 3 }] }),
    told: 'breaking schema.field-removed @ response 200 /items/*/price',
  },
  {
    rule: 'schema.field-removed',
    side: 'request',
    base: (i) => ({ id: i, currency: 'EUR' }),
    cand: (i) => ({ id: i }),
    told: 'breaking schema.field-removed @ request /currency',
  },
  {
    rule: 'schema.field-added',
    base: (i) => ({ id: i }),
    cand: (i) => ({ id: i, note: 'x' }),
    told: 'info schema.field-added @ response 200 /note',
  },
  {
    rule: 'schema.field-added',
    side: 'request',
    base: (i) => ({ id: i }),
    cand: (i) => ({ id: i, region: 'eu' }),
    told: 'breaking schema.field-added @ request /region',
  },
  {
    rule: 'schema.became-optional',
    base: (i) => ({ id: i, total: i }),
    cand: (i) => (i % 3 ? { id: i, total: i } : { id: i }),
    told: 'breaking schema.became-optional @ response 200 /total',
  },
  {
    rule: 'schema.became-required',
    side: 'request',
    base: (i) => (i % 2 ? { id: i, tenant: i } : { id: i }),
    cand: (i) => ({ id: i, tenant: i }),
    told: 'breaking schema.became-required @ request /tenant',
  },
  {
    rule: 'schema.type-changed',
    base: (i) => ({ id: i }),
    cand: (i) => ({ id: String(i) }),
    told: 'breaking schema.type-changed @ response 200 /id',
  },
  {
    rule: 'schema.type-changed',
    base: (i) => ({ total: i }),
    cand: (i) => ({ total: i + 0.5 }),
    told: 'breaking schema.type-changed @ response 200 /total',
  },
  {
    rule: 'schema.type-narrowed',
    base: (i) => ({ ref: i % 2 ? i : 'none' }),
    cand: (i) => ({ ref: i }),
    told: 'info schema.type-narrowed @ response 200 /ref',
  },
  {
    rule: 'schema.became-nullable',
    base: (i) => ({ owner: { id: i } }),
    cand: (i) => ({ owner: i % 4 ? { id: i } : null }),
    told: 'breaking schema.became-nullable @ response 200 /owner',
  },
  {
    rule: 'schema.became-non-nullable',
    base: (i) => ({ owner: i % 2 ? i : null }),
    cand: (i) => ({ owner: i }),
    told: 'info schema.became-non-nullable @ response 200 /owner',
  },
  {
    rule: 'schema.enum-value-added',
    base: (i) => ({ status: status(i) }),
    cand: (i) => ({ status: i % 4 ? status(i) : 'void' }),
    told: 'breaking schema.enum-value-added @ response 200 /status',
  },
  {
    rule: 'schema.enum-value-removed',
    base: (i) => ({ status: status(i) }),
    cand: (i) => ({ status: status((i % 2) + 1) }),
    told: 'warning schema.enum-value-removed @ response 200 /status',
  },
  {
    rule: 'schema.format-changed',
    base: (i) => ({ at: instant(i) }),
    cand: (i) => ({ at: instant(i).replace('T', ' ').replace('Z', '') }),
    told: 'breaking schema.format-changed @ response 200 /at',
  },
  {
    rule: 'schema.format-changed',
    base: (i) => ({ at: 1_700_000_000 + i }),
    cand: (i) => ({ at: 1_700_000_000_000 + i }),
    told: 'breaking schema.format-changed @ response 200 /at',
  },
  {
    rule: 'schema.unmasked',
    side: 'request',
    base: () => ({ token: '***' }),
    cand: (i) => ({ token: `tok-${i}-4fz8Qw` }),
    told: 'breaking schema.unmasked @ request /token',
  },
  {
    rule: 'schema.unmasked',
    base: (i) => ({ card: `**** **** **** ${1000 + i}` }),
    cand: (i) => ({ card: `5555 5555 5555 ${1000 + i}` }),
    told: 'breaking schema.unmasked @ response 200 /card',
  },
  {
    rule: 'schema.secret-added',
    base: (i) => ({ id: i }),
    cand: (i) => ({ id: i, passwordHash: `5f4dcc3b${1000 + i}` }),
    told: 'breaking schema.secret-added @ response 200 /passwordHash',
  },
  {
    rule: 'schema.order-changed',
    base: (i) => [i, i + 1, i + 5].map((at) => ({ at })),
    cand: (i) => [i + 1, i + 5, i].map((at) => ({ at })),
    told: 'warning schema.order-changed @ response 200 /*',
  },
  {
    rule: 'schema.items-repeated',
    base: (i) => [i, i + 1, i + 5].map((at) => ({ at })),
    cand: (i) => [i, i, i + 1, i + 5].map((at) => ({ at })),
    told: 'warning schema.items-repeated @ response 200 /*',
  },
  {
    rule: 'schema.array-emptied',
    base: (i) => ({ rows: [{ id: i }] }),
    cand: () => ({ rows: [] }),
    told: 'breaking schema.array-emptied @ response 200 /rows/*',
  },
  {
    rule: 'schema.value-emptied',
    base: (i) => ({ title: `order ${i}` }),
    cand: () => ({ title: '' }),
    told: 'breaking schema.value-emptied @ response 200 /title',
  },
  {
    rule: 'schema.answers-changed',
    base: (i) => ({ sku: `s${(i % 20) * 7}`, price: 1000 + 50 * (i % 20) }),
    cand: (i) => ({ sku: `s${(i % 20) * 7}`, price: 1200 + 60 * (i % 20) }),
    things: 20,
    told: 'warning schema.answers-changed @ response 200 /price',
  },
  {
    rule: 'schema.value-constant',
    base: (i) => ({ id: i, name: `user ${i}` }),
    cand: (i) => ({ id: i, name: 'unknown user' }),
    told: 'warning schema.value-constant @ response 200 /name',
  },
  {
    rule: 'schema.flag-flipped',
    base: () => ({ available: true }),
    cand: () => ({ available: false }),
    told: 'warning schema.flag-flipped @ response 200 /available',
  },
  {
    rule: 'schema.array-filled',
    base: () => ({ rows: [] }),
    cand: (i) => ({ rows: [i] }),
    told: 'info schema.array-filled @ response 200 /rows/*',
  },
  {
    rule: 'schema.variant-added',
    base: (i) => ({ type: i % 2 ? 'card' : 'bank', owner: i }),
    cand: (i) => (i % 3 ? { type: i % 2 ? 'card' : 'bank', owner: i } : { type: 'cash' }),
    told: 'warning schema.variant-added @ response 200 /owner',
  },
  {
    rule: 'schema.body-removed',
    base: (i) => ({ id: i }),
    cand: () => undefined,
    told: 'breaking schema.body-removed @ response 200',
  },
  {
    rule: 'schema.id-mismatched',
    base: (i) => ({ thing: { id: i } }),
    cand: (i) => ({ thing: { id: i - (i % 2) } }),
    told: 'breaking schema.id-mismatched @ response 200 /thing/id',
  },
  {
    rule: 'schema.body-added',
    base: () => undefined,
    cand: (i) => ({ id: i }),
    told: 'info schema.body-added @ response 200',
  },
  {
    rule: 'schema.body-became-optional',
    base: (i) => ({ id: i }),
    cand: (i) => (i % 3 ? { id: i } : undefined),
    told: 'breaking schema.body-became-optional @ response 200',
  },
  {
    rule: 'schema.body-became-required',
    side: 'request',
    base: (i) => (i % 2 ? { id: i } : undefined),
    cand: (i) => ({ id: i }),
    told: 'breaking schema.body-became-required @ request',
  },
  {
    rule: 'schema.body-format-changed',
    base: (i) => ({ id: i }),
    cand: () => new Malformed(),
    told: 'breaking schema.body-format-changed @ response 200',
  },
];

describe('rules', () => {
  it.each(examples)('$told', ({ side = 'response', base, cand, told, things }) => {
    const result = compareBodies(side, base, cand, { ...(things && { things }) });
    expect(result.told).toContain(told);
    const finding = result.findings.find((one) => told.includes(`${one.rule} @`));
    expect(finding?.evidence.some((one) => one.side === 'candidate')).toBe(true);
    expect(finding?.summary).toMatch(/\d+\/\d+ → \d+\/\d+/);
  });

  it.each(examples)('nothing between equals of $told', ({ side = 'response', base, cand }) => {
    expect(compareBodies(side, base, base).told).toEqual([]);
    expect(compareBodies(side, cand, cand).told).toEqual([]);
  });

  it('each has an example here', () => {
    const shown = new Set(examples.map(({ rule }) => rule));
    expect([...shown].sort()).toEqual(Object.keys(SCHEMA_RULES).sort());
  });

  it('gives presence with its support, and calls that show it', () => {
    const { findings } = compareBodies(
      'response',
      (i) => ({ id: i, price: i }),
      (i) => ({ id: i }),
      { count: [412, 390] },
    );
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      summary: '/price of response 200 is not there any more (412/412 → 0/390).',
      samples: { baseline: 412, candidate: 390 },
      effect: -1,
    });
    expect(findings[0]?.evidence.filter((one) => one.side === 'candidate')).toHaveLength(2);
  });
});
