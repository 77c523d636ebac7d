import { UsageError } from '../support/errors.ts';
import type { Inputs } from './options.ts';

const DEFAULT_WINDOW_MS = 10 * 60_000;

export interface Window {
  /** Unix ms, both ends included. */
  readonly start: number;
  readonly end: number;
}

/**
 * The window to capture when no scenario is run: `--start`/`--end`, or the last `--window`. Throws
 * UsageError when the options contradict each other.
 */
export function windowOf(
  { start, end, window }: Pick<Inputs, 'start' | 'end' | 'window'>,
  now: number,
): Window {
  const until = end ?? (start !== undefined && window !== undefined ? start + window : now);
  const from = start ?? until - (window ?? DEFAULT_WINDOW_MS);
  if (from >= until) {
    throw new UsageError(
      `--start ${new Date(from).toISOString()} is not before the end ${new Date(until).toISOString()}`,
    );
  }
  return { start: from, end: until };
}
