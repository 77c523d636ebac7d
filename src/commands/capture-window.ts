import { UsageError } from '../support/errors.ts';
import type { Inputs } from './options.ts';

/** Where no `--window` is given. */
export const DEFAULT_WINDOW_MS = 10 * 60_000;

export interface Window {
  /** Unix ms, both ends included. */
  readonly start: number;
  readonly end: number;
}

/**
 * The windows to capture when no scenario is run, one after another: `count` of `--window` length, or
 * the given range in `count` equal parts. Throws as `windowOf` does.
 */
export function windowsOf(
  inputs: Pick<Inputs, 'start' | 'end' | 'window'>,
  count: number,
  now: number,
): Window[] {
  const length = (inputs.window ?? DEFAULT_WINDOW_MS) * count;
  const { start, end } = windowOf({ ...inputs, window: length }, now);
  const edge = (i: number) => Math.floor(start + ((end - start) * i) / count);
  return Array.from({ length: count }, (_, i) => ({
    start: edge(i),
    end: i === count - 1 ? end : edge(i + 1) - 1,
  }));
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
