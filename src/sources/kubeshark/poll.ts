import { setTimeout as sleep } from 'node:timers/promises';

const first = 100;
const longest = 5000;
const deadline = 30 * 60_000;

/**
 * Asks until there is an answer, at growing intervals, for half an hour of pauses at most; then
 * undefined.
 */
export async function poll<T>(
  ask: () => Promise<T | undefined>,
  signal: AbortSignal,
): Promise<T | undefined> {
  let waited = 0;
  for (let pause = first; waited < deadline; pause = Math.min(longest, pause * 1.5)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(pause, undefined, { signal });
    waited += pause;
  }
  return undefined;
}
