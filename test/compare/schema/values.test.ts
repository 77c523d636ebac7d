import { describe, expect, it } from 'vitest';
import { flagFlipped } from '../../../src/compare/schema/flags.ts';
import { decodeNode, encodeNode } from '../../../src/profile/schema/codec.ts';
import { mergeNode } from '../../../src/profile/schema/merge.ts';
import type { SchemaNode } from '../../../src/profile/schema/node.ts';
import { observed } from '../../profile/schema/make.ts';
import { type Each, first, lines, one, shown, told } from './diff.ts';

/** Letters, so many of them. */
const letters = (count: number): Each => one(...'abcdefghijklmnopqrst'.slice(0, count));

describe('the types of a value', () => {
  it.each<[string, Each, Each, string]>([
    [
      'another type',
      (i) => i,
      one('x y'),
      'breaking schema.type-changed: was integer and is string (0/60 → 60/60).',
    ],
    [
      'another type beside null',
      first(30, null, 1),
      one(true),
      'breaking schema.type-changed: was integer or null and is boolean (0/60 → 60/60).',
    ],
    [
      'a type where there was null',
      one(null),
      (i) => i,
      'warning schema.type-changed: was null and is integer (0/60 → 60/60).',
    ],
    [
      'null where there was a type',
      (i) => i,
      one(null),
      'breaking schema.type-changed: was integer and is null (0/60 → 60/60).',
    ],
    [
      'null where there were two types',
      one(1, 'a'),
      one(null),
      'breaking schema.type-changed: was integer or string and is null (0/60 → 60/60).',
    ],
    [
      'null alone',
      first(30, null, 1),
      one(null),
      'breaking schema.type-changed: is always null now (30/60 → 0/60).',
    ],
    [
      'null alone, where few were not null',
      first(45, null, 1),
      one(null),
      'warning schema.type-changed: is always null now (15/60 → 0/60).',
    ],
    [
      'null at times',
      (i) => i,
      first(30, null, 1),
      'breaking schema.became-nullable: was never null and is null at times (0/60 → 30/60).',
    ],
    [
      'null never',
      first(30, null, 1),
      (i) => i,
      'info schema.became-non-nullable: is never null any more (30/60 → 0/60).',
    ],
    [
      'one type less',
      one(1, 'none'),
      (i) => i,
      'info schema.type-narrowed: was integer or string and is integer (30/60 → 0/60).',
    ],
    [
      'one type and null less',
      one(1, 'none', null),
      (i) => i,
      'info schema.type-narrowed: was integer or string or null and is integer (20/60 → 0/60).',
    ],
    [
      'fractions',
      (i) => i,
      first(20, 1.5, 1),
      'breaking schema.type-changed: was always an integer and is a number with a fraction at times (0/60 → 20/60).',
    ],
    [
      'a number beside text',
      one('a', 'b'),
      one('a', 'b', 0.5),
      'breaking schema.type-changed: was string and is number or string (0/60 → 20/60).',
    ],
  ])('%s', (_, before, after, line) => {
    expect(lines(before, after)[0]).toBe(line);
  });

  it('are told with what was and is seen, and calls that show it', () => {
    const [found] = told((i) => i, first(30, null, 1));
    expect(found).toMatchObject({ baseline: 'integer', candidate: 'integer or null' });
    const ids = found?.evidence
      .filter(({ side }) => side === 'candidate')
      .map(({ callId }) => callId);
    for (const id of ids ?? []) expect(Number(id.slice(1))).toBeLessThan(30);
    const [gone] = told(one(1, 'none'), (i) => i);
    const were = gone?.evidence.filter(({ side }) => side === 'baseline') ?? [];
    expect(were.length).toBeGreaterThan(0);
    for (const { callId } of were) expect(Number(callId.slice(1)) % 2).toBe(1);
    const [fraction] = told((i) => i, first(20, 1.5, 1));
    expect(fraction).toMatchObject({ baseline: 'integer', candidate: 'number' });
    for (const { callId, side } of fraction?.evidence ?? [])
      if (side === 'candidate') expect(Number(callId.slice(1))).toBeLessThan(20);
  });

  it('are none of fractions that chance explains, that were there, or that are gone', () => {
    expect(lines((i) => i, first(1, 1.5, 1))).toEqual([]);
    expect(lines(first(1, 1.5, 1), first(30, 1.5, 1))).toEqual([]);
    expect(lines(first(30, 1.5, 1), (i) => i)).toEqual([]);
    expect(lines((i) => i, first(5, 1.5, 1))[0]).toMatch(/^warning schema.type-changed/);
    expect(lines((i) => i, first(9, 1.5, 1), { counts: [10, 10] })[0]).toMatch(/^breaking/);
    expect(lines((i) => i, first(3, 1.5, 1), { counts: [10, 10] })).toEqual([]);
  });

  it('rest on the heaviest of several moves', () => {
    const after: Each = (i) => (i < 2 ? true : i < 30 ? 'a b' : 1);
    expect(lines((i) => i, after)[0]).toBe(
      'breaking schema.type-changed: was integer and is boolean or integer or string (0/60 → 28/60).',
    );
  });
});

describe('the members of a fixed set', () => {
  it('that come are told with those known, also where they would be by chance', () => {
    expect(lines(one('a', 'b'), one('a', 'b', 'c'))).toEqual([
      "breaking schema.enum-value-added: has 'c', never seen in 'a', 'b' (0/60 → 20/60).",
    ]);
    expect(lines(one('a', 'b'), first(1, 'c'))[0]).toBe(
      "info schema.enum-value-added: has 'c', never seen in 'a', 'b' (0/60 → 1/60). Chance may explain it.",
    );
    expect(lines(one('a', 'b'), first(1, 'c'), { counts: [60, 10] })[0]).toMatch(/ has 'c', never/);
    expect(told(one('a', 'b'), one('a', 'b', 'c'))[0]).toMatchObject({
      baseline: "'a', 'b'",
      candidate: "'a', 'b', 'c'",
      evidence: expect.arrayContaining([expect.objectContaining({ side: 'candidate' })]),
    });
  });

  it('are words that come and go, where the known ones were seen once', () => {
    expect(lines(first(1, 'b'), first(3, 'c'))).toEqual([]);
    expect(lines(first(1, 'b'), first(20, 'c')).map((line) => line.slice(0, 41))).toEqual([
      "breaking schema.enum-value-added: has 'c'",
    ]);
  });

  it('break where they are a dozen at most: more are names', () => {
    const counts = [130, 130] as const;
    const of = (known: number) => lines(letters(known), first(40, 'z'), { counts })[0];
    expect(of(12)).toMatch(/^breaking schema.enum-value-added: has 'z'/);
    expect(of(13)).toMatch(/^warning schema.enum-value-added: has 'z'/);
    const mixed: Each = (i) => 'abcdefpqrstuvw'[i % 14];
    expect(lines(letters(10), mixed, { counts })[0]).toMatch(/^warning .* has 'p', 'q'/);
    const others: Each = (i) => 'klmnopqrst'[i % 10];
    expect(lines(letters(10), others, { counts })[0]).toMatch(/^breaking .* has 'k', 'l'/);
  });

  it('follow the users where they choose from what a standard lists', () => {
    const of = (name: string, known: readonly string[], now: readonly string[]) =>
      lines(
        (i) => ({ [name]: known[i % known.length] }),
        (i) => ({ [name]: now[i % now.length] }),
      ).find((line) => line.includes('value-added'));
    expect(of('currency', ['EUR', 'USD'], ['EUR', 'JPY'])).toMatch(/^warning/);
    expect(of('baseCountryCode', ['DE', 'FR'], ['DE', 'IT'])).toMatch(/^warning/);
    expect(of('method', ['EUR', 'USD'], ['EUR', 'JPY'])).toMatch(/^breaking/);
    expect(of('currency', ['EUR', 'USD'], ['JPY'])).toMatch(/^breaking/);
    expect(of('currency', ['EUR'], ['EUR', 'JPY'])).toMatch(/^breaking/);
    expect(of('locale', ['de-DE', 'en-US'], ['de_DE', 'ja_JP'])).toMatch(/^breaking/);
  });

  it('may be no longer fixed', () => {
    expect(lines(one('a', 'b'), (i) => `word ${i} x`)).toEqual([
      "warning schema.enum-value-added: was one of 'a', 'b' and has other values now (0/60 → 1/60).",
    ]);
    expect(told(one('a', 'b'), (i) => `word ${i} x`)[0]).toMatchObject({
      baseline: "'a', 'b'",
      candidate: '(open)',
    });
    expect(lines((i) => `word ${i} x`, one('a', 'b'))).toEqual([]);
  });

  it('that go are told one by one, where that is more than chance', () => {
    expect(lines(one('a', 'b', 'c'), one('a'))).toEqual([
      "warning schema.enum-value-removed: is never 'b' any more (20/60 → 0/60).",
      "warning schema.enum-value-removed: is never 'c' any more (20/60 → 0/60).",
    ]);
    expect(lines(first(4, 'b'), one('a'))).toEqual([]);
    expect(lines(first(5, 'b'), one('a'))).toHaveLength(1);
    const weight = (some: number, all: number, ...now: string[]) =>
      lines(first(some, 'b'), one(...now), { counts: [all, all] })
        .find((line) => line.includes("never 'b'"))
        ?.split(' ')[0];
    expect(weight(16, 60, 'a')).toBe('warning');
    expect(weight(12, 60, 'a')).toBe('info');
    expect(weight(39, 200, 'a')).toBe('info');
    expect(weight(16, 60, 'a', 'z')).toBe('info');
    expect(told(one('a', 'b', 'c'), one('a', 'b'))[0]).toMatchObject({
      baseline: "'a', 'b', 'c'",
      candidate: "'a', 'b'",
    });
  });

  it('are a set where each was seen five times on average, and twenty in all', () => {
    const known = (counts: readonly [number, number], members: number) =>
      lines(letters(members), one('z'), { counts }).length > 0;
    expect(known([20, 60], 4)).toBe(true);
    expect(known([20, 60], 5)).toBe(false);
    expect(known([19, 60], 2)).toBe(false);
    expect(lines(one('a', 'b'), one('z'), { counts: [40, 60], scale: [0.5, 1] })).not.toEqual([]);
    expect(lines(one('a', 'b'), one('z'), { counts: [39, 60], scale: [0.5, 1] })).toEqual([]);
  });

  it('are no empty strings, and none that redaction left', () => {
    expect(lines(one('a', 'b'), one('a', 'b', ''))).toEqual([]);
    expect(lines(one('a', 'b'), one('a', 'b', '[redacted]'))).toEqual([]);
    expect(lines(one('a', 'b'), one('')).join()).not.toContain('enum-value');
  });
});

describe('a value that says nothing any more', () => {
  it.each<[string, Each, Each, readonly string[]]>([
    [
      'text that is empty now',
      (i) => `words, ${i}`,
      one(''),
      ['breaking schema.value-emptied: is always empty now (60/60 → 0/60).'],
    ],
    [
      'text that was empty at times',
      first(30, '', 'some words'),
      one(''),
      ['warning schema.value-emptied: is always empty now (30/60 → 0/60).'],
    ],
    [
      'text that was null at times',
      first(10, null, 'some words'),
      one(''),
      [
        'info schema.became-non-nullable: is never null any more (10/60 → 0/60).',
        'breaking schema.value-emptied: is always empty now (50/50 → 0/60).',
      ],
    ],
    [
      'a number that is 0 where it was null',
      first(20, null, 4.5),
      first(20, 0, 4.5),
      [
        'info schema.became-non-nullable: is never null any more (20/60 → 0/60).',
        'breaking schema.value-emptied: is 0 or empty where it was null (0/60 → 20/60).',
      ],
    ],
    [
      'a number that was 0 at times',
      (i) => (i < 20 ? null : i % 2),
      (i) => i % 2,
      ['info schema.became-non-nullable: is never null any more (20/60 → 0/60).'],
    ],
    [
      'a number that is 0 now',
      (i) => 3 + i / 2,
      one(0),
      ['breaking schema.value-emptied: is always 0 now (60/60 → 0/60).'],
    ],
    ['a small number', (i) => 0.6 + (i % 4) / 2, one(0.5), []],
    ['a number that still is not 0 at times', (i) => 3 + i, first(40, 0, 5), []],
    ['what always was 0', one(0), one(0), []],
  ])('%s', (_, before, after, expected) => {
    expect(lines(before, after)).toEqual(expected);
  });
});

describe('a flag that was always the same', () => {
  it.each<[string, Each, Each, readonly string[]]>([
    [
      'is always the other now',
      one(true),
      one(false),
      ['warning schema.flag-flipped: was always true and is always false now (60/60 → 0/60).'],
    ],
    [
      'or the reverse',
      one(false),
      one(true),
      ['warning schema.flag-flipped: was always false and is always true now (60/60 → 0/60).'],
    ],
    ['is the other at times', one(true), first(45, true, false), []],
    [
      'is mostly the other',
      one(true),
      first(59, false, true),
      ['warning schema.flag-flipped: was mostly true and is mostly false now (60/60 → 1/60).'],
    ],
    [
      'was the other at times',
      first(1, false, true),
      one(false),
      ['warning schema.flag-flipped: is never true any more (59/60 → 0/60).'],
    ],
    [
      'was often true',
      first(40, false, true),
      one(false),
      ['warning schema.flag-flipped: is never true any more (20/60 → 0/60).'],
    ],
    ['was seldom true', first(45, false, true), one(false), []],
    [
      'was mostly false',
      first(48, false, true),
      first(48, true, false),
      ['warning schema.flag-flipped: was mostly false and is mostly true now (48/60 → 12/60).'],
    ],
    ['moves by less', first(48, false, true), first(47, true, false), []],
    ['stays', one(true), one(true), []],
  ])('%s', (_, before, after, expected) => {
    expect(lines(before, after)).toEqual(expected);
  });

  it('is not judged by a profile that does not tell how often it was true', () => {
    const of = (value: boolean) => observed(Array.from({ length: 60 }, () => value));
    const old = JSON.parse(JSON.stringify(encodeNode(of(true))));
    delete old.boolean;
    const support = { minSamples: 20, scale: { base: 1, cand: 1 } };
    const flipped = (base: SchemaNode, cand: SchemaNode) =>
      flagFlipped({ base, cand, pointer: '/a', support });
    expect(flipped(decodeNode(old), of(false))).toBeUndefined();
    expect(flipped(of(false), decodeNode(old))).toBeUndefined();
    const partly = decodeNode(old);
    mergeNode(partly, of(true));
    expect(flipped(partly, of(false))).toBeUndefined();
    expect(flipped(decodeNode(encodeNode(of(true))), of(false))?.what).toBe(
      'was always true and is always false now',
    );
  });
});

describe('text that only a mistake makes', () => {
  const street: Each = (i) => `${i} Main St`;
  const at =
    (step: number, text: string): Each =>
    (i) =>
      i % step ? street(i) : text;
  const of = (...given: Parameters<typeof told>) =>
    told(...given).map(({ severity, rule, baseline, candidate }) =>
      [severity, rule, baseline, candidate].join(' '),
    );

  it('breaks where it is often enough, and none said so before', () => {
    const broken = (candidate: number) => [`breaking schema.format-changed 0/60 ${candidate}/60`];
    expect(of(street, one('undefined'))).toEqual(broken(60));
    expect(of(street, at(3, 'Tom &amp; Jerry'))).toEqual(broken(20));
    expect(of(street, at(8, 'NaN'))).toEqual(['warning schema.format-changed 0/60 8/60']);
    expect(of(at(60, 'of undefined'), at(60, 'undefined'))).toEqual([]);
  });

  it('is a new word where words are known, and no case more where messages are about one thing', () => {
    expect(of(one('open', 'paid'), one('open', 'undefined'))).toEqual([
      expect.stringMatching(/^breaking schema.enum-value-added/),
      expect.stringMatching(/^info schema.enum-value-removed/),
    ]);
    const each = { base: 4 / 60, cand: 4 / 60 };
    const subjects = { base: 4, cand: 4, each, few: true };
    const found = of(street, at(3, 'undefined'), { subjects });
    expect(found.filter((line) => line.startsWith('breaking'))).toEqual([]);
  });

  it('is shown by calls of both sides', () => {
    expect(shown('baseline', street, one('undefined'))).toHaveLength(2);
    expect(shown('candidate', street, one('undefined'))).toHaveLength(2);
  });
});

describe('addresses of the web', () => {
  const at =
    (origin: string): Each =>
    (i) =>
      `${origin}/items/${i}`;
  const tls = at('https://cdn.example.com');
  const plain = at('http://cdn.example.com');

  it('break where they lose TLS, or name the machine of whoever reads them', () => {
    const told = (after: Each) => lines(tls, after).filter((line) => line.includes('added'));
    expect(told(plain)).toEqual([
      "breaking schema.enum-value-added: has 'http URL', never seen in 'https URL' (0/60 → 60/60).",
    ]);
    const own = (i: number) => (i % 3 ? tls(i) : at('http://localhost:3000')(i));
    expect(told(own)).toEqual([
      "breaking schema.enum-value-added: has 'localhost URL', never seen in 'https URL' (0/60 → 20/60).",
    ]);
    expect(lines(plain, tls)[0]).toMatch(/^warning schema.enum-value-added/);
  });

  it('are the same at another host, and of another form where they are none', () => {
    expect(lines(tls, at('https://shop.example.org:8443'))).toEqual([]);
    expect(lines(tls, at(''))).toEqual([
      expect.stringMatching(/^breaking schema.format-changed: was uri/),
    ]);
    expect(lines(tls, at('https://cdn.example.com/undefined'))).toEqual([
      expect.stringMatching(/^breaking schema.format-changed: says 'undefined'/),
    ]);
  });
});

describe('numbers that change sign', () => {
  const amount: Each = (i) => (i % 2 ? 1 : -1) * (1 + i);
  const positive: Each = (i) => Math.abs(Number(amount(i)));
  const of = (before: Each, after: Each) =>
    lines(before, after).filter((line) => line.includes('negative'));

  it('are told, gone or come', () => {
    expect(of(amount, positive)).toEqual([
      'warning schema.format-changed: is never negative any more (30/60 → 0/60).',
    ]);
    expect(of(positive, amount)).toEqual([
      'warning schema.format-changed: is negative now (0/60 → 30/60).',
    ]);
  });

  it('are not where few were negative, or some still are', () => {
    expect(of((i) => (i % 5 ? i : -i), positive)).toEqual([]);
    expect(of(amount, (i) => (i ? positive(i) : -1))).toEqual([]);
    expect(of((i) => (i % 10 < 3 ? -1 - i : 1 + i), positive)).toEqual([]);
    expect(of(amount, (i) => -Number(positive(i)))).toEqual([]);
  });

  it('are not where none is left, or what is seen may be chance', () => {
    const none = () => 0;
    expect(of(amount, none)).toEqual([]);
    expect(of(none, amount)).toEqual([]);
    const counts = [8, 8] as const;
    expect(lines(amount, positive, { counts }).filter((line) => /negative/.test(line))).toEqual([]);
  });

  it('are shown by calls of both sides', () => {
    const fraction: Each = (i) => Number(amount(i)) + 0.5;
    for (const each of [amount, fraction]) {
      const sides = [each, (i: number) => Math.abs(Number(each(i)))] as const;
      expect(shown('baseline', ...sides)).toHaveLength(2);
      expect(shown('candidate', ...sides)).toHaveLength(2);
    }
  });
});

describe('numbers of another magnitude', () => {
  const price: Each = (i) => 120 + ((i * 379) % 1900);
  const times =
    (factor: number, each: Each = price): Each =>
    (i) =>
      factor * Number(each(i));
  const of = (before: Each, after: Each) =>
    lines(before, after).filter((line) => line.includes('magnitude'));

  it('are told, as it may be another unit', () => {
    expect(of(price, times(100))).toEqual([
      'warning schema.format-changed: was between 256 and 2,048 and is between 32,768 and 262,144: another magnitude (60/60 → 0/60).',
    ]);
    expect(of(times(100), price)).toHaveLength(1);
    expect(of(one(30), one(30_000))).toHaveLength(1);
    const share: Each = (i) => 0.01 + ((i * 37) % 97) / 100;
    expect(of(share, times(100, share))).toHaveLength(1);
  });

  it('are not where they overlap, have another shape, are few or grow', () => {
    expect(of(price, times(5))).toEqual([]);
    expect(of(price, one(100_000))).toEqual([]);
    expect(lines(price, times(100), { counts: [60, 10] })).toEqual([]);
    const seen =
      (name: string, factor: number): Each =>
      (i) => ({ [name]: factor * Number(price(i)) });
    const named = (name: string) => of(seen(name, 1), seen(name, 100)).length;
    expect(['viewCount', 'user_id', 'AGE', 'rowID'].map(named)).toEqual([0, 0, 0, 0]);
    expect(['amountPaid', 'usage', 'discount'].map(named)).toEqual([1, 1, 1]);
  });

  it('are not where zeros alone are more or less', () => {
    expect(of(first(10, 5, 0), one(5))).toEqual([]);
    expect(of(first(30, 0, 500), first(50, 0, 500))).toEqual([]);
  });
});
