import { describe, expect, it } from 'vitest';
import { compareBodies } from './make.ts';

type Body = (thing: number) => Readonly<Record<string, unknown>>;

const RULE = 'schema.answers-changed';
const product: Body = (i) => ({ sku: `s${7 * i}`, name: `thing ${i}`, price: 1000 + 50 * i });
const taxed: Body = (i) => ({ ...product(i), price: 1200 + 60 * i });

/** What is told of products, asked for in turn; a body of a side may depend on the how-manieth call it is. */
function told(
  base: (i: number) => unknown,
  cand: (i: number) => unknown,
  given: Parameters<typeof compareBodies>[3] = {},
) {
  const { findings } = compareBodies('response', base, cand, { things: 20, ...given });
  return findings.filter(({ rule }) => rule === RULE);
}

const each =
  (body: Body, things = 20) =>
  (i: number) =>
    body(i % things);

const page = (body: Body) => Array.from({ length: 12 }, (_, i) => body(i));
const listed = (body: Body) => () => ({ items: page(body), total: 12 });

describe('what is answered about the same things', () => {
  it('and is another now is told once, with the fields', () => {
    const [found, ...more] = told(each(product), each(taxed));
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      severity: 'warning',
      path: 'response 200 /price',
      summary: '/price of response 200 is another for the same things (0/16 → 16/16).',
    });
    const both: Body = (i) => ({ ...taxed(i), name: `other ${i}` });
    expect(told(each(product), each(both))).toEqual([]);
    const wide =
      (body: Body): Body =>
      (i) => ({ ...body(i), ean: `e${i}`, made: `m${i}` });
    expect(told(each(wide(product)), each(wide(both)))[0]?.summary).toMatch(
      /^\/name of response 200 is another for the same things, as is \/price \(/,
    );
  });

  it('is told with three fields more at most', () => {
    const wide =
      (changed: number, by: number): Body =>
      (i) =>
        Object.fromEntries(
          Array.from({ length: 12 }, (_, k) => [
            `f${10 + k}`,
            100 * i + k + (k < changed ? by : 0),
          ]),
        );
    const named = (changed: number) =>
      told(each(wide(changed, 0)), each(wide(changed, 7)))[0]?.summary.split(' (')[0];
    const one = '/f10 of response 200 is another for the same things';
    expect([1, 2, 3, 4, 5].map(named)).toEqual([
      one,
      `${one}, as is /f11`,
      `${one}, as are /f11, /f12`,
      `${one}, as are /f11, /f12, /f13`,
      `${one}, as are /f11, /f12, /f13, …`,
    ]);
  });

  it('is told of the things of both sides, from eight on that have four values', () => {
    const items = (body: Body, length: number, first = 0) => ({
      items: Array.from({ length }, (_, i) => body(first + i)),
    });
    const summary = (base: unknown, cand: unknown) =>
      told(
        () => base,
        () => cand,
        { things: 1 },
      )[0]?.summary;
    const shared = summary(items(product, 12), items(taxed, 12, 3));
    expect(shared).toContain('(0/9 → 9/9)');
    expect(summary(items(product, 8), items(taxed, 8))).toContain('(0/8 → 8/8)');
    expect(summary(items(product, 12), items(taxed, 12, 5))).toBeUndefined();
    const kinds = (values: number, by: number) =>
      items((i) => ({ ...product(i), kind: (i % values) * 4 + by }), 12);
    expect(summary(kinds(4, 0), kinds(4, 7))).toContain('/items/*/kind ');
    expect(summary(kinds(3, 0), kinds(3, 7))).toBeUndefined();
  });

  it('is told where four of the things were asked for again', () => {
    const again = (count: number) =>
      told(each(product, 12), each(taxed, 12), { things: 12, count, minSamples: 15 });
    expect([15, 16].map((count) => again(count).length)).toEqual([0, 1]);
  });

  it.each<[string, Body, Body]>([
    [
      'links to another host',
      (i) => ({ img: `https://a/${i}` }),
      (i) => ({ img: `https://b/${i}` }),
    ],
    ['a time in another zone', (i) => ({ at: 3600 * i }), (i) => ({ at: 3600 * (i + 2) })],
    ['a value deep in the body', (i) => ({ of: { x: 3 * i } }), (i) => ({ of: { x: 4 * i + 1 } })],
    ['most values', (i) => ({ n: 9 * i }), (i) => ({ n: i % 9 === 0 ? 9 * i : 8 * i + 1 })],
  ])('is told of %s', (_, before, after) => {
    const whole =
      (body: Body): Body =>
      (i) => ({ ...product(i), ...body(i) });
    expect(told(each(whole(before)), each(whole(after)))).toHaveLength(1);
  });

  it('is told of a flag that is inverted for all of them, and of no less', () => {
    const flagged =
      (isOn: (i: number) => boolean): Body =>
      (i) => ({ ...product(i), on: isOn(i) });
    const third = (i: number) => i % 3 === 0;
    const toldOf = (isOn: (i: number) => boolean) =>
      told(each(flagged(third)), each(flagged(isOn))).map(({ summary }) => summary);
    expect(toldOf((i) => !third(i))).toEqual([
      '/on of response 200 is another for the same things (0/16 → 16/16).',
    ]);
    expect(toldOf((i) => (i === 4 ? third(i) : !third(i)))).toEqual([]);
    expect(toldOf((i) => i % 3 === 1)).toEqual([]);
  });

  it('is told of the items of lists, by what they name themselves', () => {
    const [found, ...more] = told(listed(product), listed(taxed), { things: 1 });
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      path: 'response 200 /items/*/price',
      summary: '/items/*/price of response 200 is another for the same things (0/12 → 12/12).',
    });
    const turned = (i: number) => (i % 2 ? page(taxed) : page(taxed).toReversed());
    expect(told(() => page(product), turned)).toHaveLength(1);
    const named = (body: Body) => listed((i) => ({ ...body(i), sku: undefined, size: 3 * i }));
    expect(told(named(product), named(taxed))).toHaveLength(1);
  });

  it('is weighed against what stayed of those things alone', () => {
    const bare: Body = (i) => ({ sku: `s${i}`, price: 7 * i });
    const other: Body = (i) => ({ sku: `s${i}`, price: 8 * i + 1 });
    const beside = (body: Body) => (i: number) => ({ ...product(i % 20), items: page(body) });
    expect(told(beside(bare), beside(other))).toEqual([]);
    const both = (body: Body) => (i: number) => ({ ...body(i % 20), items: page(body) });
    expect(told(both(product), both(taxed))[0]?.summary).toMatch(
      /^\/price of response 200 is another for the same things, as is \/items\/\*\/price \(/,
    );
  });

  it.each<[string, (i: number) => unknown, (i: number) => unknown, Parameters<typeof told>[2]?]>([
    ['that is another each time', (i) => ({ ...product(i % 20), price: i }), each(taxed)],
    [
      'of which half are another each time',
      (i) => ({ ...product(i % 20), price: i % 2 ? i : 7 * (i % 20) }),
      each(taxed),
    ],
    ['that is another each time now', each(product), (i) => ({ ...product(i % 20), price: i })],
    ['of which half are others', each(product), each((i) => (i % 2 ? product(i) : taxed(i)))],
    [
      'that is one for all',
      each((i) => ({ ...product(i), v: 'a' })),
      each((i) => ({ ...product(i), v: 'b' })),
    ],
    [
      'of which nothing stayed but the id',
      each((i) => ({ id: i, n: 2 * i })),
      each((i) => ({ id: i, n: 3 * i + 1 })),
    ],
    ['that were asked for once each', product, taxed, { things: 50 }],
    ['that are few', each(product, 7), each(taxed, 7), { things: 7 }],
    [
      'in lists of what has no name',
      each((i) => ({ ...product(i), l: [i] })),
      each((i) => ({ ...product(i), l: [i + 1] })),
    ],
    ['of lists that name other things now', listed(product), listed((i) => taxed(i + 12))],
    [
      'of items that are another each time',
      (i) => ({ items: page((item) => ({ ...product(item), price: i + item })) }),
      listed(taxed),
    ],
  ])('nothing is said of values %s', (_, before, after, given) => {
    expect(told(before, after, given)).toEqual([]);
  });

  it('is told beside a list that is none any more', () => {
    const listless: Body = (i) => ({ ...taxed(i), l: { a: 1 } });
    expect(
      told(
        each((i) => ({ ...product(i), l: [1] })),
        each(listless),
      ),
    ).toHaveLength(1);
  });

  it('says nothing of a field of which more is known', () => {
    const { told: all } = compareBodies(
      'response',
      each(product),
      each((i) => ({ ...product(i), price: `${i}` })),
      {
        things: 20,
      },
    );
    expect(all.filter((one) => one.includes('/price'))).toEqual([
      expect.stringContaining('schema.type-changed'),
    ]);
  });
});
