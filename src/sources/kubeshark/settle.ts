import { setTimeout as sleep } from 'node:timers/promises';
import type { CallPages, Query } from './call-page.ts';

const pause = 500;
/** Equal answers in a row that count as settled, and the longest wait for them. */
const calm = 4;
const mostRounds = 60;

/**
 * Waits until late calls have arrived: until the Hub's total, and the newest calls it lists, stay
 * the same for two seconds. Returns false when they never did within half a minute.
 */
export async function settle(pages: CallPages, query: Query, signal: AbortSignal) {
  let last = '';
  for (let round = 0, equal = 0; round < mostRounds; round++) {
    const { total, calls } = await pages.page(query, 20, 'compact');
    const now = [total, ...calls.map(({ key }) => key).sort()].join('\n');
    equal = now === last ? equal + 1 : 0;
    if (equal >= calm) return true;
    last = now;
    await sleep(pause, undefined, { signal });
  }
  return false;
}
