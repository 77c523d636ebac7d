import { z } from 'zod';

/** Items of a list in one answer, unless asked for others; and at most. */
export const USUAL = 20;
export const MOST = 50;

/** What an answer says of the list that it cut. */
export const pageSchema = z.object({
  total: z.int().describe('items in the whole list, filters taken into account'),
  shown: z.int(),
  left_out: z.int().describe('items before or after these'),
  next_cursor: z.string().optional().describe('give it as cursor for the next; absent at the end'),
});

export interface Page<T> {
  readonly items: readonly T[];
  readonly page: z.output<typeof pageSchema>;
}

/** The stretch of a list that begins at the cursor. */
export function pageOf<T>(all: readonly T[], cursor: string = '0', limit: number = USUAL): Page<T> {
  const from = Math.min(Number(cursor), all.length);
  const items = all.slice(from, from + Math.min(limit, MOST));
  const to = from + items.length;
  return {
    items,
    page: {
      total: all.length,
      shown: items.length,
      left_out: all.length - items.length,
      ...(to < all.length && { next_cursor: String(to) }),
    },
  };
}
