import { setTimeout as sleep } from 'node:timers/promises';
import { hash32 } from '../../support/hash.ts';
import { HubFailure } from './hub-failure.ts';

const firstPause = 100;
const longestPause = 5000;
/** A timeout has cost most of a minute already. */
const attemptsInTime = 2;

/**
 * Does the work, again with exponential back-off and jitter while it fails in a way that may pass.
 * The jitter is drawn from `what`, so that a run repeats itself. Throws the last HubFailure.
 */
export async function retry<T>(
  what: string,
  signal: AbortSignal,
  work: () => Promise<T>,
  attempts = 7,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof HubFailure) || !error.passing) throw error;
      const most = error.kind === 'timeout' ? attemptsInTime : attempts;
      if (attempt >= most) throw error;
    }
    const pause = Math.min(longestPause, firstPause * 2 ** (attempt - 1));
    const jitter = 0.5 + hash32(what, attempt) / 2 ** 32;
    await sleep(pause * jitter, undefined, { signal });
  }
}
