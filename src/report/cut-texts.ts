import { truncate } from '../support/escape.ts';

/** The same data with every text cut after so many characters. */
export function cutTexts<T>(value: T, max: number): T {
  return cut(value, max) as T;
}

function cut(value: unknown, max: number): unknown {
  if (typeof value === 'string') return truncate(value, max);
  if (Array.isArray(value)) return value.map((item) => cut(item, max));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, cut(item, max)]));
}
