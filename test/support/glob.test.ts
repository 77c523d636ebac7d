import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitsGlob, matchGlob } from '../../src/support/glob.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.', '$'), maxLength: 12 });
const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '.', '$', '*'), maxLength: 8 });
const regexOf = (pattern: string) =>
  new RegExp(`^${pattern.replace(/[.$]/g, '\\$&').replaceAll('*', '.*')}$`, 's');

describe('a glob', () => {
  it('fits what the regular expression fits that it stands for', () => {
    fc.assert(
      fc.property(patterns, letters, (pattern, text) => {
        expect(fitsGlob(pattern, text)).toBe(regexOf(pattern).test(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it('says what its stars stand for', () => {
    fc.assert(
      fc.property(patterns, letters, (pattern, text) => {
        const stars = matchGlob(pattern, text);
        fc.pre(stars !== undefined);
        const parts = pattern.split('*');
        expect(stars).toHaveLength(parts.length - 1);
        expect(parts.map((part, i) => part + (stars[i] ?? '')).join('')).toBe(text);
      }),
    );
  });

  it('takes every other character as itself, and a star for none as well', () => {
    expect(fitsGlob('a.b*', 'a.b')).toBe(true);
    expect(fitsGlob('a.b', 'axb')).toBe(false);
    expect(fitsGlob('*', '')).toBe(true);
    expect(fitsGlob('ab*ba', 'aba')).toBe(false);
  });

  it('ends for patterns that make a backtracking matcher hang', () => {
    expect(fitsGlob(`${'a*'.repeat(2_000)}b`, 'a'.repeat(20_000))).toBe(false);
  });
});
