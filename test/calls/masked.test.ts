import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addMatches, masked, type Span } from '../../src/calls/masked.ts';

it('shows what no span covers, in order, with one mark for spans that overlap or touch', () => {
  const span = fc.tuple(fc.nat(20), fc.nat(6)).map(([from, size]) => ({ from, to: from + size }));
  fc.assert(
    fc.property(fc.array(span, { maxLength: 8 }), (spans) => {
      const text = 'abcdefghijklmnopqrstuvwxyz';
      const isCovered = (at: number) => spans.some(({ from, to }) => from <= at && at < to);
      const shown = masked(text, spans, '*');
      expect(shown.replaceAll('*', '')).toBe([...text].filter((_, at) => !isCovered(at)).join(''));
      expect(shown).not.toContain('**');
      expect(shown.includes('*')).toBe(spans.length > 0);
      expect(masked(text, [...spans].reverse(), '*')).toBe(shown);
    }),
  );
});

it('finds matches or, with indices, what their first group is', () => {
  const spans: Span[] = [];
  addMatches(spans, 'a1 b2', /[a-z]\d/g);
  addMatches(spans, 'a1 b2', /[a-z](\d)/dg);
  expect(spans).toEqual([
    { from: 0, to: 2 },
    { from: 3, to: 5 },
    { from: 1, to: 2 },
    { from: 4, to: 5 },
  ]);
});
