import { memberOf } from '../json-member.ts';
import { amount, time } from '../record-fields.ts';

const FRACTION = /^(.+T\d{2}:\d{2}:\d{2})\.(\d{1,12})(.*)$/;

/** `startedDateTime` as Unix ms, with the parts of a millisecond that it may have. */
export function startOf(raw: unknown): number | undefined {
  if (typeof raw !== 'string' || raw.length > 64) return undefined;
  const [, seconds, fraction, zone] = FRACTION.exec(raw) ?? [];
  if (seconds === undefined || fraction === undefined) return time(raw);
  const whole = time(seconds + zone);
  return whole === undefined ? undefined : whole + Math.round(Number(`0.${fraction}`) * 1e6) / 1e3;
}

/**
 * From request to response, ms: sending, waiting and receiving. Where these are not told, the whole
 * `time`, which also counts waiting for a connection.
 */
export function latencyOf(entry: unknown): number | undefined {
  const timings = memberOf(entry, 'timings');
  const parts = ['send', 'wait', 'receive'].map((name) => amount(memberOf(timings, name)));
  if (parts[1] === undefined) return amount(memberOf(entry, 'time'));
  return parts.reduce<number>((sum, part) => sum + (part ?? 0), 0);
}
