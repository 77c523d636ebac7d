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

describe('values seen once, beside one another', () => {
  test.each([
    [
      'one on each side',
      [seen('/plans/gold', 3, 0), seen('/plans/silver', 0, 3)],
      [['plans', '{id}']],
    ],
    ['too many calls', [seen('/plans/gold', 4, 0), seen('/plans/silver', 0, 3)], []],
    ['too many calls after', [seen('/plans/gold', 3, 0), seen('/plans/silver', 0, 4)], []],
    ['on both sides', [seen('/plans/gold', 3, 1), seen('/plans/silver', 0, 3)], []],
    ['the first segment', [seen('/gold/plan', 1, 0), seen('/silver/plan', 0, 1)], []],
    ['two segments', [seen('/a/b/c', 1, 0), seen('/a/x/y', 0, 1)], []],
    ['another length', [seen('/a/b', 1, 0), seen('/a/b/c', 0, 1)], []],
    ['no calls before', [seen('/a/b', 0, 0), seen('/a/c', 0, 1)], []],
    ['no calls after', [seen('/a/b', 1, 0), seen('/a/c', 0, 0)], []],
    ['calls of both sides after', [seen('/a/b', 1, 0), seen('/a/c', 1, 1)], []],
    ['calls of one side only', [seen('/a/b', 1, 0), seen('/a/c', 2, 0)], []],
    ['others beside', [seen('/a/b', 1, 0), seen('/a/c', 0, 1), seen('/a/d', 9, 9)], []],
    [
      'others elsewhere',
      [seen('/a/b', 1, 0), seen('/a/c', 0, 1), seen('/x/d', 9, 9), seen('/a/b/c', 1, 1)],
      [['a', '{id}']],
    ],
  ] as const)('%s', (_, given, expected) => {
    expect(lonelyTemplates(given)).toEqual(expected);
  });
});
