import { setTimeout as sleep } from 'node:timers/promises';
import type { CallPages, Query } from './call-page.ts';

const pause = 500;
/** Equal answers in a row that count as settled: for a window that just ended, and for others. */
const calm = { recent: 4, past: 1 };
const mostRounds = 60;

/**
 * Waits until late calls have arrived: until the Hub's total, and the newest calls it lists, stay
 * the same for a while. Returns false when they never did within half a minute.
 */
export async function settle(
  pages: CallPages,
  query: Query,
  recent: boolean,
  signal: AbortSignal,
): Promise<boolean> {
  let last = '';
  for (let round = 0, equal = 0; round < mostRounds; round++) {
    const { total, calls } = await pages.page(query, 20);
    const now = [total, ...calls.map(({ key }) => key).sort()].join('\n');
    equal = now === last ? equal + 1 : 0;
    if (equal >= (recent ? calm.recent : calm.past)) return true;
    last = now;
    await sleep(pause, undefined, { signal });
  }
  return false;
}
