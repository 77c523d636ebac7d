import { describe, expect, it } from 'vitest';
import { Reporter } from '../../../src/compare/schema/report.ts';
import { diffNodes } from '../../../src/compare/schema/walk.ts';
import { decodeNode, encodeNode } from '../../../src/profile/schema/codec.ts';
import { TRAITS } from '../../../src/profile/schema/traits.ts';
import { hash32 } from '../../../src/support/hash.ts';
import { observed } from '../../profile/schema/make.ts';
import { always, type Each, lines, one, shown } from './diff.ts';

const hex = (i: number) => hash32(`n${i}`).toString(16).padStart(8, '0');
const uuid: Each = (i) => `${hex(i)}-aaaa-4bbb-8ccc-${hex(i + 99)}dddd`;
const at = (fraction: (i: number) => string): Each => {
  return (i) => new Date(1.7e12 + i * 61_000).toISOString().replace(/\.\d+/, fraction(i));
};
const none = at(() => '');
const millis = at((i) => `.${100 + i}`);
const micros = at((i) => `.${100_000 + i}`);
const upper =
  (each: Each): Each =>
  (i) =>
    String(each(i)).toUpperCase();
const name: Each = (i) => `Ann ${'abcdefgh'[i % 8]}${i}`;
const reference: Each = (i) => `ord-${hex(i)}`;
const bare: Each = (i) => hex(i);

describe('texts that are written another way', () => {
  it.each<[string, Each, Each, string]>([
    ['without fractions of a second', millis, none, 'had fractions of a second and has none'],
    ['with fractions of a second', none, micros, 'has fractions of a second now'],
    [
      'in another precision',
      millis,
      micros,
      'had fractions of a second in milliseconds and has them otherwise',
    ],
    ['in milliseconds', micros, millis, 'has fractions of a second in milliseconds now'],
    ['in capitals', uuid, upper(uuid), 'had small letters and has none'],
    ['in small letters', upper(uuid), uuid, 'has small letters now'],
    [
      'without capitals',
      name,
      (i) => String(name(i)).toLowerCase(),
      'had capital letters and has none',
    ],
    [
      'without the word before an id',
      reference,
      bare,
      'began with a word before the id and begins with none',
    ],
    ['with a word before the id', bare, reference, 'begins with a word before the id now'],
  ])('%s are told', (_, before, after, what) => {
    expect(lines(before, after)).toEqual([
      expect.stringMatching(new RegExp(`^warning schema.format-changed:  ?${what} \\(`)),
    ]);
  });

  it('are told once where the format changed as well', () => {
    expect(lines(millis, (i) => String(millis(i)).slice(0, 10))).toHaveLength(1);
    expect(lines(name, always('UNKNOWN'))).toHaveLength(1);
  });

  const mostly =
    (each: Each, other: Each): Each =>
    (i) =>
      i % 3 ? each(i) : other(i);
  const half =
    (each: Each, other: Each): Each =>
    (i) =>
      i % 2 ? each(i) : other(i);
  it.each<[string, Each, Each, [number, number]?]>([
    ['most of which are as before', millis, mostly(millis, none)],
    ['that are few different ones', millis, (i) => none(i % 4)],
    ['that were few different ones', (i) => millis(i % 4), none],
    ['half of which, of few, are as before', millis, half(millis, none), [20, 20]],
    ['that were so before at times', mostly(millis, none), none],
    ['that are so, as some were', mostly(none, millis), millis],
    ['that are so at times', none, mostly(none, millis)],
  ])('%s are not', (_, before, after, counts = [60, 60]) => {
    expect(lines(before, after, { counts })).toEqual([]);
  });

  it('are judged from twenty on, and members of an enumeration as these', () => {
    expect(lines(millis, none, { counts: [60, 19] })).toEqual([]);
    expect(lines(millis, none, { counts: [60, 20] })).toHaveLength(1);
    expect(lines(millis, half(millis, none))).toHaveLength(1);
    expect(shown('candidate', millis, none)).not.toEqual([]);
    const words = lines(one('card', 'cash'), one('CARD', 'CASH'));
    expect(words.join()).not.toContain('letters');
    const many = one(...'abcdefghijklmnop'.split('').map((letter) => letter.repeat(4)));
    expect(lines(many, upper(many)).join()).toContain('had small letters and has none');
  });

  it('are unknown of a profile of before', () => {
    const text = JSON.stringify(
      encodeNode(observed(Array.from({ length: 60 }, (_, i) => none(i)))),
    );
    const before = decodeNode(JSON.parse(text.replace(/\[(\d+),(\d+),3\]/g, '[$1,$2]')));
    expect(before.string?.sample.writtenWith(TRAITS.examined)).toBe(0);
    const report = new Reporter('o', 'response', { side: 'response', status: '200', part: 'json' });
    const support = { minSamples: 20, scale: { base: 1, cand: 1 } };
    const after = observed(Array.from({ length: 60 }, (_, i) => millis(i)));
    diffNodes({ base: before, cand: after, pointer: '', support }, report);
    diffNodes({ base: after, cand: before, pointer: '', support }, report);
    expect(report.findings()).toEqual([]);
  });
});

describe('texts that are shorter', () => {
  const note =
    (most: number): Each =>
    (i) =>
      `note ${'x'.repeat(i % 60)}`.slice(0, most);
  const long = note(100);
  const fifth: Each = (i) => (i % 5 ? note(20)(i) : third(3 * i));
  const third: Each = (i) => (i % 3 ? note(20)(i) : `${'y'.repeat(40)} ${i}`);
  it('than many were, as none is so long, are told', () => {
    expect(lines(long, note(20))).toEqual([
      'warning schema.format-changed: never has 32 characters or more any more (33/60 → 0/60).',
    ]);
    expect(shown('candidate', long, note(20))).not.toEqual([]);
    expect(lines(long, note(15)).join()).toContain('16 characters or more');
    expect(lines(third, note(20)).join()).toContain('32 characters or more');
  });

  it.each<[string, Each, Each, [number, number]?]>([
    ['of which some are as long', long, (i) => (i % 9 ? note(20)(i) : 'y'.repeat(40))],
    ['than few were', fifth, note(20), [300, 300]],
    ['than a third were, of few', third, note(20), [60, 20]],
    ['and were words', (i) => `word ${i} x`, (i) => `w${i}`],
    [
      'of a format',
      (i) => `https://a.example/${'x'.repeat(i % 60)}`,
      (i) => `https://a.example/${'x'.repeat(i % 10)}`,
    ],
    ['that are few', long, note(20), [60, 19]],
    ['of few words', one('y'.repeat(40), 'x'.repeat(20)), always('x'.repeat(20))],
  ])('%s are not', (_, before, after, counts = [60, 60]) => {
    expect(lines(before, after, { counts }).join()).not.toContain('characters');
  });
});

describe('decimals as text', () => {
  const amount =
    (sign: (i: number) => string): Each =>
    (i) =>
      `${sign(i)}${i + 1}.50`;
  const negative = amount((i) => (i % 2 ? '-' : ''));
  it('that lose their sign are told, or that have one now', () => {
    const plain = amount(() => '');
    expect(lines(negative, plain).join()).toMatch(/^warning .*is never negative any more/);
    expect(lines(plain, negative).join()).toMatch(/^warning .*is negative now/);
    expect(lines(negative, negative)).toEqual([]);
    expect(shown('candidate', negative, plain)).not.toEqual([]);
  });

  it('are told only where they are decimals', () => {
    expect(
      lines(
        (i) => `-${i} of 9`,
        (i) => `${i} of 9`,
      ),
    ).toEqual([]);
  });
});
