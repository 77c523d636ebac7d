import { describe, expect, test } from 'vitest';
import { lonelyTemplates, type Seen } from '../../src/compare/lonely.ts';

const seen = (path: string, base: number, cand: number): Seen => ({
  template: path.split('/').slice(1),
  base,
  cand,
});

describe('values seen too seldom to be known as values', () => {
  test('pair where they differ in one segment', () => {
    expect(lonelyTemplates([seen('/v1/plans/gold', 1, 0), seen('/v1/plans/silver', 0, 2)])).toEqual(
      [['v1', 'plans', '{id}']],
    );
  });

  test.each([
    ['seen on both sides', [seen('/v1/plans/gold', 1, 1), seen('/v1/plans/silver', 0, 1)]],
    ['called often', [seen('/v1/plans/gold', 9, 0), seen('/v1/plans/silver', 0, 1)]],
    ['different in two segments', [seen('/v1/plans/gold', 1, 0), seen('/v2/plans/silver', 0, 1)]],
    ['different in the first', [seen('/plans/gold', 1, 0), seen('/rates/gold', 0, 1)]],
    ['of other lengths', [seen('/v1/plans', 1, 0), seen('/v1/plans/silver', 0, 1)]],
    [
      'one of several',
      [seen('/v1/search', 50, 50), seen('/v1/plans', 1, 0), seen('/v1/rates', 0, 1)],
    ],
  ])('do not where they are %s', (_, templates) => {
    expect(lonelyTemplates(templates)).toEqual([]);
  });
});
