import { replaceCredentials } from '../calls/secret-formats.ts';

/** Readers of single fields that take what comes: a value of another kind counts as missing. */

/** Longer than credentials are. */
const BEHIND = 1024;

/** Text, trimmed to `limit` characters; undefined when missing or empty. */
export function text(raw: unknown, limit: number): string | undefined {
  if (typeof raw === 'string') {
    if (raw === '') return undefined;
    // Nobody would know the beginning of a credential for what it is.
    return raw.length > limit
      ? replaceCredentials(raw.slice(0, limit + BEHIND), '[redacted]').slice(0, limit)
      : raw;
  }
  return typeof raw === 'number' && Number.isFinite(raw) ? String(raw) : undefined;
}

/** A number that is not negative, also when written as text. */
export function amount(raw: unknown): number | undefined {
  const value = typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw;
  // Adding nothing makes a negative zero a plain one.
  return typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY
    ? value + 0
    : undefined;
}

export function port(raw: unknown): number | undefined {
  const value = amount(raw);
  return value !== undefined && Number.isInteger(value) && value <= 65_535 ? value : undefined;
}

/** From here on a number of milliseconds would lie beyond the year 5138: it counts µs, then ns. */
const MAX_MS = 1e14;
const MAX_US = 1e17;
/** Below this a number of milliseconds would lie before March 1973: it counts seconds. */
const MIN_MS = 1e11;
/** Below this not even seconds make a date after 2001: a test's own clock, left as it is. */
const MIN_SECONDS = 1e9;

/** A point in time as Unix ms, from 1970 to 5138: from ms, s, µs or ns by magnitude, or ISO 8601. */
export function time(raw: unknown): number | undefined {
  const ms = milliseconds(raw);
  return ms !== undefined && ms >= 0 && ms < MAX_MS ? ms : undefined;
}

function milliseconds(raw: unknown): number | undefined {
  const value = amount(raw);
  if (value === undefined) {
    return typeof raw === 'string' && raw.length <= 64 ? Date.parse(raw) : undefined;
  }
  if (value >= MAX_US) return value / 1e6;
  if (value >= MAX_MS) return value / 1e3;
  return value >= MIN_SECONDS && value < MIN_MS ? value * 1e3 : value;
}
