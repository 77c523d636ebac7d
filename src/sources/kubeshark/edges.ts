import type { CallPages, Edges } from './call-page.ts';
import type { Window } from './options.ts';

const readings: readonly Edges[] = [
  { start: 0, end: 0 },
  { start: 0, end: 1 },
  { start: -1, end: 0 },
  { start: -1, end: 1 },
];

/**
 * Learns from one known call whether this Hub counts `start` and `end` in: the documents don't
 * say. Leaves the pages asking for closed windows, and gives what was learned, if anything was.
 */
export async function learnEdges(
  pages: CallPages,
  window: Window,
  kfl: readonly string[],
): Promise<Edges | undefined> {
  const newest = (await pages.page({ ...window, kfl }, 1)).calls[0];
  if (newest === undefined || !Number.isFinite(newest.ts)) return undefined;
  for (const edges of readings) {
    pages.edges = edges;
    if ((await pages.count({ start: newest.ts, end: newest.ts, kfl })) > 0) return edges;
  }
  pages.edges = { start: 0, end: 0 };
  return undefined;
}
