import { setTimeout as sleep } from 'node:timers/promises';

/** Time, as a loop sees it. */
export interface Clock {
  /** Unix ms. */
  now(): number;
  sleep(ms: number, signal: AbortSignal): Promise<unknown>;
}

export const wallClock: Clock = {
  now: Date.now,
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
};
