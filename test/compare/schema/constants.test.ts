import { describe, expect, it } from 'vitest';
import { Reporter } from '../../../src/compare/schema/report.ts';
import { diffNodes } from '../../../src/compare/schema/walk.ts';
import { decodeNode, encodeNode } from '../../../src/profile/schema/codec.ts';
import type { SchemaNode } from '../../../src/profile/schema/node.ts';
import { observed } from '../../profile/schema/make.ts';
import { always, type Each, lines, one, told } from './diff.ts';

const email: Each = (i) => ({ email: `user${i}@shop.example` });
const nobody = always({ email: 'nobody@shop.example' });
/** Texts that differ behind so many letters. */
const note =
  (same: number): Each =>
  (i) => ({ note: `${'a'.repeat(same)} for ${i}` });
const TOLD =
  'warning schema.value-constant: /email said many different things and is always the same now (60/60 → 0/60).';

describe('text that differed from thing to thing', () => {
  it('and is the same in all answers is told', () => {
    expect(lines(email, nobody)).toEqual([TOLD]);
  });

  it('is told in the items of lists by the lists', () => {
    const list =
      (each: Each): Each =>
      (i) => [each(2 * i), each(2 * i + 1)];
    expect(told(list(email), list(nobody)).map(({ path }) => path)).toEqual([
      'response 200 /*/email',
    ]);
    expect(told(list(email), list(nobody), { counts: [8, 8] })).toEqual([]);
  });

  it('may be a number', () => {
    const price: Each = (i) => ({ price: 9.99 + i });
    expect(lines(price, always({ price: 9.99 }))).toEqual([TOLD.replace('email', 'price')]);
    expect(lines(price, (i) => ({ price: 9.99 + (i % 2) }))).toEqual([]);
    expect(lines((i) => ({ size: 1 + (i % 4) }), always({ size: 3 }))).toEqual([]);
    expect(lines(price, always({ price: 9.99 }), { counts: [60, 9] })).toEqual([]);
  });

  const few = { few: false, base: 3, cand: 3, each: { base: 1 / 20, cand: 1 / 20 } };
  it.each<[string, Each, Each, Parameters<typeof told>[2]?]>([
    ['differs still', email, (i) => ({ email: `user${i % 2}@shop.example` })],
    ['differs still by little', (i) => ({ rate: i / 70 }), (i) => ({ rate: i / 1e6 })],
    ['differs still and is huge', (i) => ({ wei: i }), (i) => ({ wei: (i + 1) * 1e22 })],
    ['was nearly always the same', (i) => ({ v: `1.2.${i % 7}-rc` }), always({ v: '1.3.0-rc' })],
    ['was of a dozen words', (i) => ({ day: `on day ${i % 12}` }), always({ day: 'on day 3' })],
    ['differs still behind what all begin with', note(0), note(300)],
    ['was seen in few calls', email, nobody, { counts: [60, 9] }],
    ['is about few things', email, nobody, { subjects: few }],
  ])('that %s is not', (_, before, after, given) => {
    const rules = told(before, after, given).map(({ rule }) => rule);
    expect(rules).not.toContain('schema.value-constant');
  });

  it.each<[string, Each, string]>([
    ['is empty', always({ email: '' }), 'schema.value-emptied'],
    ['has another format', always({ email: 'n/a of it' }), 'schema.format-changed'],
    ['is null', always({ email: null }), 'schema.type-changed'],
  ])('that %s is told once', (_, after, rule) => {
    expect(told(email, after).map((finding) => finding.rule)).toEqual([rule]);
  });

  it('is unknown where a profile of before tells of none, or the same was asked for', () => {
    const stored = (each: Each, asked: (i: number) => string[], isOfBefore = false) => {
      const bodies = Array.from({ length: 60 }, (_, i) => each(i));
      const text = JSON.stringify(encodeNode(observed(bodies, 'c', asked)));
      return decodeNode(
        JSON.parse(isOfBefore ? text.replace(/,"values":\[\d[\d,]*\]/g, '') : text),
      );
    };
    const rules = (base: SchemaNode, cand: SchemaNode) => {
      const report = new Reporter('o', 'response', {
        side: 'response',
        status: '200',
        part: 'json',
      });
      const support = { minSamples: 20, scale: { base: 1, cand: 1 } };
      diffNodes({ base, cand, pointer: '', support }, report);
      return report.findings().map(({ rule }) => rule);
    };
    const nothing = () => [];
    const base = stored(note(0), nothing);
    expect(rules(base, stored(note(0), nothing, true))).toEqual([]);
    const user: Each = (i) => ({ user: `user ${i}` });
    const askedFor = stored(user, (i) => [`user ${i}`]);
    const ofOne = (asked: string) => stored(always({ user: 'user 7' }), () => [asked]);
    expect(rules(askedFor, ofOne('user 7'))).toEqual([]);
    expect(rules(stored(user, nothing), ofOne('user 1'))).toEqual(['schema.value-constant']);
  });

  it('is told of a set of words that is one word now', () => {
    const words = 'abcdefghijklmnop'.split('').map((letter) => ({ word: letter.repeat(4) }));
    const rules = told(one(...words), always({ word: 'aaaa' })).map(({ rule }) => rule);
    expect(rules).toContain('schema.value-constant');
  });
});
