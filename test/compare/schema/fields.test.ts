import { describe, expect, it } from 'vitest';
import { always, type Each, half, lines, shown, told } from './diff.ts';

describe('a field', () => {
  it.each<[string, Each, Each, string]>([
    [
      'that goes',
      always({ a: 1 }),
      always({}),
      'breaking schema.field-removed: /a is not there any more (60/60 → 0/60).',
    ],
    [
      'that was there at times and goes',
      half({ a: 1 }),
      always({}),
      'breaking schema.field-removed: /a is not there any more (30/60 → 0/60).',
    ],
    [
      'that was there in few cases and goes',
      (i) => (i % 4 ? {} : { a: 1 }),
      always({}),
      'warning schema.field-removed: /a is not there any more (15/60 → 0/60).',
    ],
    [
      'that comes',
      always({}),
      always({ a: 1 }),
      'info schema.field-added: /a is new (0/60 → 60/60).',
    ],
    [
      'that comes at times',
      always({}),
      half({ a: 1 }),
      'info schema.field-added: /a is new (0/60 → 30/60).',
    ],
    [
      'that is left out at times',
      always({ a: 1 }),
      half({ a: 1 }),
      'breaking schema.became-optional: /a is missing at times (60/60 → 30/60).',
    ],
    [
      'that was always null and goes',
      always({ a: null }),
      always({}),
      'breaking schema.field-removed: /a is left out where it was null (60/60 → 0/60).',
    ],
    [
      'that is always there now',
      half({ a: 1 }),
      always({ a: 1 }),
      'info schema.became-required: /a is always there now (30/60 → 60/60).',
    ],
    [
      'of a name with a slash',
      always({ 'a/b': 1 }),
      always({}),
      'breaking schema.field-removed: /a~1b is not there any more (60/60 → 0/60).',
    ],
    [
      'of an item',
      always([{ a: 1 }]),
      always([{}]),
      'breaking schema.field-removed: /*/a is not there any more (60/60 → 0/60).',
    ],
    [
      'of a field',
      always({ o: { a: 1 } }),
      always({ o: {} }),
      'breaking schema.field-removed: /o/a is not there any more (60/60 → 0/60).',
    ],
  ])('%s', (_, before, after, line) => {
    expect(lines(before, after)).toEqual([line]);
    expect(lines(before, before)).toEqual([]);
  });

  it.each<[string, Each, Each]>([
    ['is left out where it was null', (i) => ({ a: i % 2 ? null : 1 }), half({ a: 1 })],
    ['is missing at times', (i) => ({ a: i % 4 ? 1 : null }), half({ a: 1 })],
    ['is missing at times', (i) => ({ a: i % 2 ? null : 1 }), half({ a: null })],
  ])('%s', (what, before, after) => {
    expect(lines(before, after)).toContain(
      `breaking schema.became-optional: /a ${what} (60/60 → 30/60).`,
    );
  });

  it('is told once with all others where none is left', () => {
    const [some, none] = [always({ o: { a: 1, b: 2, c: 3 } }), always({ o: {} })];
    expect(lines(some, none)).toEqual([
      'breaking schema.field-removed: /o/* has no fields any more (60/60 → 0/60).',
    ]);
    expect(lines(half({ a: 1, b: 2 }), always({}))[0]).toMatch(/^breaking .*\(30\/60/);
    expect(lines((i) => (i % 4 ? {} : { a: 1, b: 2 }), always({}))[0]).toMatch(/^warning/);
  });

  it('of a map is one of its entries, which may all be gone', () => {
    const stock: Each = (i) => ({ [`SKU-${i * 7919}`]: 1, [`SKU-${i * 7919 + 1}`]: 2 });
    expect(lines(stock, always({}))).toEqual([
      'breaking schema.field-removed: /* has no fields any more (60/60 → 0/60).',
    ]);
    const few: Each = (i) => (i % 4 ? {} : stock(i));
    expect(lines(few, always({})).join()).not.toContain('breaking');
    expect(lines(stock, few).join()).not.toContain('no fields');
  });

  it('is told in the order of the names', () => {
    const found = told(always({ b: 1, a: 'x y', c: 2, d: 3 }), always({ d: 3 }));
    expect(found.map(({ path }) => path?.at(-1))).toEqual(['a', 'b', 'c']);
  });

  it('is shown by calls that have it, or that lack it', () => {
    const odd = (numbers: readonly number[]) => numbers.every((n) => n % 2 === 1);
    const even = (numbers: readonly number[]) => numbers.every((n) => n % 2 === 0);
    expect(even(shown('baseline', half({ a: 1 }), always({})))).toBe(true);
    expect(odd(shown('candidate', always({}), half({ a: 1 })))).toBe(true);
    expect(even(shown('candidate', always({ a: 1 }), half({ a: 1 })))).toBe(true);
    for (const side of ['baseline', 'candidate'] as const) {
      expect(shown(side, always({ a: 1 }), always({})).length).toBeGreaterThan(0);
      expect(shown(side, always({}), always({ a: 1 })).length).toBeGreaterThan(0);
    }
  });

  it('may be renamed: the only new one alike, or the one of nearly the same name', () => {
    const renamed = (before: Each, after: Each) =>
      lines(before, after)
        .find((line) => line.includes('field-removed'))
        ?.match(/; perhaps it is (\S+) now/)?.[1];
    expect(renamed(always({ a: 1 }), always({ b: 1 }))).toBe('/b');
    expect(renamed(always({ a: 1 }), always({ b: 1, c: 1 }))).toBeUndefined();
    expect(renamed(always({ 'user-name': 1 }), always({ c: 1, userName: 1 }))).toBe('/userName');
    expect(renamed(always({ user_name: 1 }), always({ c: 1, UserName: 1 }))).toBe('/UserName');
    expect(renamed(always({ o: { a: 1 } }), always({ o: { b: 1 } }))).toBe('/o/b');
    expect(renamed(always({ a: 1 }), always({ b: 'some words' }))).toBeUndefined();
    expect(renamed(always({ a: 1 }), half({ b: 1 }))).toBeUndefined();
    const time: Each = (i) => ({ b: new Date(1.7e12 + i * 1e6).toISOString() });
    expect(renamed((i) => ({ a: `words, ${i}` }), time)).toBeUndefined();
  });
});

describe('a field of objects of several kinds', () => {
  const card = (i: number) => ({ type: 'card', last4: i, owner: i });
  const bank = (i: number) => ({ type: 'bank', iban: 'x y', owner: i });
  const both: Each = (i) => (i % 2 ? card(i) : bank(i));
  const noEnum = (all: readonly string[]) => all.filter((line) => !line.includes('enum-value'));

  it('that one kind loses is told of that kind', () => {
    expect(lines(both, (i) => (i % 4 === 1 ? { type: 'card', owner: i } : both(i)))[0]).toMatch(
      /^\w+ schema\.became-optional: \/last4 is missing at times where type is 'card' \(30\/30 → 15\/30\)/,
    );
    const gone: Each = (i) => (i % 2 ? { type: 'card', owner: i } : bank(i));
    expect(lines(both, gone)).toEqual([
      "breaking schema.field-removed: /last4 is not there any more where type is 'card' (30/30 → 0/30).",
    ]);
  });

  it('that one kind loses is told also where nothing in the object names its kind', () => {
    const any: Each = (i) => (i % 4 ? { iban: i } : { last4: i, brand: 'x y' });
    expect(lines(any, (i) => (i % 4 ? { iban: i } : { brand: 'x y' }))).toEqual([
      'breaking schema.field-removed: /last4 is not there any more where /brand is there (15/15 → 0/15).',
    ]);
    expect(lines(any, (i) => ({ iban: i })).filter((line) => line.startsWith('w'))).toEqual([
      'warning schema.field-removed: /brand is not there any more (15/60 → 0/60).',
      'warning schema.field-removed: /last4 is not there any more (15/60 → 0/60).',
    ]);
  });

  it('is no break where a case that many had is not exercised', () => {
    const parcel: Each = (i) => ({ phase: i % 2 ? 'sent' : 'open', at: i % 2 ? i : null });
    const open: Each = () => ({ phase: 'open', at: null });
    expect(lines(parcel, open)).toEqual([
      "warning schema.enum-value-removed: /phase is never 'sent' any more (30/60 → 0/60).",
      'warning schema.type-changed: /at is always null now (30/60 → 0/60).',
    ]);
  });

  it('is no news where another mix of the kinds explains it', () => {
    expect(noEnum(lines(both, card))).toEqual([]);
    expect(lines(both, (i) => (i % 10 ? card(i) : bank(i)))).toEqual([]);
  });

  it('that a new kind lacks is told of that kind', () => {
    const cash: Each = (i) => (i % 3 ? both(i) : { type: 'cash' });
    expect(noEnum(lines(both, cash))).toEqual([
      'warning schema.variant-added: /owner is missing where type is cash, a variant never seen before (60/60 → 40/60).',
    ]);
    const two: Each = (i) => (i % 3 ? both(i) : { type: i % 2 ? 'cash' : 'voucher' });
    expect(noEnum(lines(both, two))[0]).toContain('where type is cash or voucher, a variant');
  });

  it('is one of all objects where not all have the kind, or there is one kind only', () => {
    const untyped: Each = (i) => (i % 3 ? both(i) : { owner: i });
    const lost: Each = (i) => (i % 3 ? both(i) : {});
    expect(noEnum(lines(untyped, lost))[0]).toMatch(
      /^\w+ schema\.became-optional: \/owner is missing at times \(/,
    );
    const only: Each = (i) => ({ type: 'card', last4: i });
    const less: Each = (i) => (i % 2 ? only(i) : { type: 'card' });
    expect(lines(only, less)).toEqual([
      'breaking schema.became-optional: /last4 is missing at times (60/60 → 30/60).',
    ]);
  });

  it('that several kinds lose is told of the one where it is surest', () => {
    const before: Each = (i) => ({ type: ['a', 'b', 'c'][i % 3], ...(i % 3 < 2 && { x: 1 }) });
    const after: Each = (i) => ({
      type: ['a', 'b', 'c'][i % 3],
      ...(i % 3 === 0 && i % 2 && { x: 1 }),
      ...(i % 3 === 1 && i % 5 && { x: 1 }),
    });
    const [line, ...more] = lines(before, after, { counts: [240, 240] });
    expect(more).toEqual([]);
    expect(line).toContain("where type is 'a'");
  });
});
