import type { Alert } from '../../monitor/alert.ts';
import { byteWords, milliseconds, rate, shareWords } from './quantities.ts';

/** `3.2 % (2.4 % to 4.3 %), usually 0.1 %`. */
export function measured({ value, expected, unit, interval }: Alert): string {
  const range = interval
    ? ` (${inUnit(interval.low, unit)} to ${inUnit(interval.high, unit)})`
    : '';
  const usual = expected === null ? '' : `, usually ${inUnit(expected, unit)}`;
  return `${inUnit(value, unit)}${range}${usual}`;
}

/** By how much chance it could be nothing. */
export function sure({ chance }: Alert): string {
  if (chance === 0) return 'seen as it is: no chance is involved';
  return `as much by chance when nothing is wrong: ${chance.toExponential(0)}`;
}

function inUnit(value: number, unit: string): string {
  if (unit === 'ratio') return shareWords(value);
  if (unit === 'ms') return milliseconds(value);
  if (unit === 'bytes') return byteWords(value);
  if (unit === 'calls/s') return rate(value);
  return `${Number(value.toPrecision(3))} ${unit}`;
}
