import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { surgeOf } from '../../../src/compare/schema/surge.ts';
import { compareBodies, Malformed } from './make.ts';

const support = { minSamples: 20, scale: { base: 1, cand: 1 } };
const of = (some: number, all = 200) => ({ some, all });

describe('a rise of what was rare', () => {
  it('is one from a tenth at most to a half at least, and a break to nine tenths', () => {
    const rise = (from: number, to: number) => surgeOf(of(from), of(to), support);
    expect(rise(20, 100)).toMatchObject({ weight: 'decided', atMost: 'warning' });
    expect([rise(21, 200), rise(20, 99), rise(0, 200)]).toEqual([undefined, undefined, undefined]);
    expect(rise(1, 179)?.atMost).toBe('warning');
    expect(rise(1, 180)).toEqual({ base: of(1), cand: of(180), weight: 'decided' });
  });

  it('needs more calls than chance explains, each thing once', () => {
    expect(surgeOf(of(1, 20), of(10, 20), support)).toBeUndefined();
    expect(surgeOf(of(1, 20), of(20, 20), support)).toBeDefined();
    const each = { base: 0.05, cand: 0.05 };
    const subjects = { base: 10, cand: 10, each, few: false };
    expect(surgeOf(of(2), of(120), { ...support, subjects })).toBeUndefined();
  });

  it('is never what a store answers', () => {
    expect(surgeOf(of(2), of(200), { ...support, isData: true })).toBeUndefined();
  });

  it('is no less where more have it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 25 }),
        fc.integer({ min: 90, max: 200 }),
        fc.nat(200),
        (from, to, more) => {
          const [less, greater] = [to, Math.min(200, to + more)].map((some) =>
            surgeOf(of(from), of(some), support),
          );
          if (less) expect(greater).toBeDefined();
          if (less && !less.atMost) expect(greater?.atMost).toBeUndefined();
        },
      ),
    );
  });
});

describe('bodies', () => {
  type Body = (i: number) => unknown;
  const usual: Body = (i) => ({ id: i, name: `n${i}` });
  /** Another body in so many of a hundred. */
  const mixed =
    (percent: number, other: Body): Body =>
    (i) =>
      (37 * i) % 100 < percent ? other(i) : usual(i);
  const told = (other: Body, from: number, to: number) =>
    compareBodies('response', mixed(from, other), mixed(to, other), { count: 200 }).findings.map(
      ({ severity, rule, path, summary }) =>
        `${severity} ${rule} ${path} (${/\((.*)\)/.exec(summary)?.[1]})`,
    );

  it.each<[string, Body, string]>([
    ['lack a field', (i) => ({ id: i }), 'schema.became-optional response 200 /name'],
    ['have null', (i) => ({ id: i, name: null }), 'schema.became-nullable response 200 /name'],
    ['have another type', (i) => ({ id: i, name: i }), 'schema.type-changed response 200 /name'],
    ['are empty', () => undefined, 'schema.body-became-optional response 200'],
  ])('that seldom %s and mostly do are told', (_, other, expected) => {
    expect(told(other, 4, 60)).toEqual([expect.stringContaining(`warning ${expected} (`)]);
    expect(told(other, 4, 95)).toEqual([expect.stringContaining(`breaking ${expected} (`)]);
    expect(told(other, 4, 45)).toEqual([]);
    expect(told(other, 60, 4)).toEqual([]);
  });

  it('that seldom said a word of a few and mostly do are told, whatever share', () => {
    const state =
      (percent: number): Body =>
      (i) => ({ ...(usual(i) as object), state: (37 * i) % 100 < percent ? 'declined' : 'paid' });
    const told = (from: number, to: number) =>
      compareBodies('response', state(from), state(to), { count: 200 }).findings.map(
        ({ severity, summary }) => `${severity} ${summary}`,
      );
    for (const [to, count] of [
      [60, 120],
      [95, 190],
    ] as const) {
      expect(told(4, to)).toEqual([
        `warning /state of response 200 was seldom 'declined' and mostly is now (8/200 → ${count}/200).`,
      ]);
    }
    expect([told(4, 45), told(12, 95)]).toEqual([[], []]);
  });

  it('that seldom could not be read and mostly can not break', () => {
    const broken = () => new Malformed();
    expect(told(broken, 4, 60)).toEqual([
      'breaking schema.body-format-changed response 200 (8/200 → 120/200)',
    ]);
    expect(told(broken, 4, 40)).toEqual([]);
  });
});
