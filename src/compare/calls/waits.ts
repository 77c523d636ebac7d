import type { Retries } from '../../profile/fanout-retries.ts';
import { ms } from '../words.ts';

/** Fewer repeats say nothing of the wait before them. */
export const MIN_REPEATS = 5;

export type BackOff = 'no back-off' | 'growing' | 'linear back-off' | 'exponential back-off';

/** The usual wait (ms) before each repeat that was seen often enough: the first, the second, … */
export function usualWaits({ spacing }: Retries): readonly number[] {
  return spacing.filter(({ count }) => count >= MIN_REPEATS).map((sketch) => sketch.quantile(0.5));
}

/** What the waits grow like; undefined where fewer than two are known. */
export function backOffOf([first, second, third]: readonly number[]): BackOff | undefined {
  if (first === undefined || second === undefined) return undefined;
  if (second < 5 || second <= first * 1.3) return 'no back-off';
  if (third === undefined) return 'growing';
  return third / second >= 1.7 ? 'exponential back-off' : 'linear back-off';
}

/** Waits in words: `after 1.00 s, 2.00 s, 4.00 s: exponential back-off`; empty without any. */
export function waitsInWords(waits: readonly number[]): string {
  if (waits.length === 0) return '';
  const kind = backOffOf(waits);
  return `after ${waits.map(ms).join(', ')}${kind ? `: ${kind}` : ''}`;
}
