import type { CallPages, Query } from './call-page.ts';

export interface CountedQuery extends Query {
  readonly expected: number;
}

/**
 * Queries with what the Hub says of each, asked up to `times` times while they add up to less
 * than the whole; the largest answer counts.
 */
export async function countedParts(
  pages: CallPages,
  queries: readonly Query[],
  whole: number,
  times: number,
): Promise<CountedQuery[]> {
  let parts = queries.map((query) => ({ ...query, expected: 0 }));
  for (let time = 0; time < times; time++) {
    parts = await Promise.all(
      parts.map(async (part) => ({
        ...part,
        expected: Math.max(part.expected, await pages.count(part)),
      })),
    );
    if (parts.reduce((sum, part) => sum + part.expected, 0) >= whole) break;
  }
  return parts;
}
