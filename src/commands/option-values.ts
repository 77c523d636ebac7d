import { z } from 'zod';
import { ALERT_SEVERITIES } from '../monitor/alert-rule.ts';
import { MAX_WINDOWS } from '../profile/windows-codec.ts';
import { REDACTION_LEVELS } from './redaction.ts';

/** Schemas that turn an option's text into its value; each message completes "--name: …". */

const MAX_TEXT = 64 * 1024;

export const text = z.string().min(1, 'it is empty').max(MAX_TEXT, 'it is too long');

/** The parts of a list: separated by commas or, as workflows write lists, by ends of lines. */
export function partsOf(list: string): string[] {
  return list
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Names separated by commas or ends of lines. */
export const names = text.transform((value, context) => {
  const list = partsOf(value);
  if (list.length === 0) context.addIssue({ code: 'custom', message: 'it names nothing' });
  return list as readonly string[];
});

/** As YAML 1.2 writes a boolean, like GitHub's own actions. */
export const flag = z
  .enum(['true', 'True', 'TRUE', 'false', 'False', 'FALSE'], 'it must be true or false')
  .transform((value) => value.toLowerCase() === 'true');

/** A whole number of at least 1. */
export const count = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, 'it must be a whole number of at least 1')
  .transform(Number);

/** How many shards something is cut into. */
export const shards = z
  .string()
  .regex(/^[1-9]\d{0,4}$/, 'it must be a whole number from 1 to 99999')
  .transform(Number);

/** How many windows a baseline holds. */
export const windows = z
  .string()
  .regex(/^[1-9]\d?$/, `it must be a whole number from 1 to ${MAX_WINDOWS}`)
  .transform(Number)
  .refine((value) => value <= MAX_WINDOWS, `it must be at most ${MAX_WINDOWS}`);

const SIZES = { B: 1, kB: 1_000, MB: 1_000_000, GB: 1_000_000_000 } as const;

/** `500kB`, `50MB`, `1GB` or a plain number; in bytes, at most 1 GB. */
export const bytes = z
  .string()
  .regex(/^[1-9]\d{0,9}(?:B|kB|MB|GB)?$/, 'it must be a size such as 500kB, 50MB or 1GB')
  .transform((value) => {
    const [, amount, unit = 'B'] = /^(\d+)(\w+)?$/.exec(value) ?? [];
    return Number(amount) * SIZES[unit as keyof typeof SIZES];
  })
  .refine((value) => value <= SIZES.GB, 'it must be at most 1GB');

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `90s`, `10m`, `1h30m`; in ms. */
export const duration = z
  .string()
  .regex(/^(?:\d{1,6}(?:ms|s|m|h|d)){1,5}$/, 'it must be a duration such as 90s, 10m or 1h30m')
  .transform((value, context) => {
    let total = 0;
    for (const [, amount, unit] of value.matchAll(/(\d+)(ms|s|m|h|d)/g)) {
      total += Number(amount) * UNITS[unit as keyof typeof UNITS];
    }
    if (total === 0)
      context.addIssue({ code: 'custom', message: 'it must be longer than nothing' });
    return total;
  });

const ISO = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2}))?$/;
const UNIX_MS = /^\d{12,14}$/;

/** ISO 8601 with a zone (a bare date is UTC), or Unix ms; in Unix ms. */
export const instant = z.string().transform((value, context) => {
  const time = UNIX_MS.test(value)
    ? Number(value)
    : ISO.test(value)
      ? Date.parse(value)
      : Number.NaN;
  if (Number.isNaN(time)) {
    context.addIssue({
      code: 'custom',
      message: 'it must be ISO 8601 with a zone (2026-01-31T14:30:00Z) or Unix milliseconds',
    });
  }
  return time;
});

export interface Shard {
  /** From 0: the last one may be given as 0 or as `count`, so counting from 1 covers all as well. */
  readonly index: number;
  readonly count: number;
}

/** `i/n`. */
export const shard = z.string().transform((value, context): Shard => {
  const [, index, count] = /^(\d{1,5})\/(\d{1,5})$/.exec(value) ?? [];
  const parsed = { index: Number(index), count: Number(count) };
  if (!(parsed.count >= 1 && parsed.index <= parsed.count)) {
    context.addIssue({ code: 'custom', message: 'it must be i/n with i at most n, such as 1/4' });
  }
  return { index: parsed.index % parsed.count, count: parsed.count };
});

/** A day, `2026-12-31`. */
export const day = z.iso.date('it must be a day such as 2026-12-31');

export const redaction = z.enum(REDACTION_LEVELS, 'it must be personal or all');

export const route = z.enum(['auto', 'live', 'snapshot'], 'it must be auto, live or snapshot');

/** What becomes of a gate that has nothing to compare with. */
export const missingBaseline = z.enum(
  ['fail', 'inconclusive', 'pass'],
  'it must be fail, inconclusive or pass',
);

/** `HOST:PORT`; an IPv6 address in brackets; port 0 is any that is free. */
export const address = z.string().transform((value, context) => {
  const [, host = '', port = ''] =
    /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]{1,253}):(\d{1,5})$/.exec(value) ?? [];
  if (host === '' || Number(port) > 65_535) {
    context.addIssue({ code: 'custom', message: 'it must be HOST:PORT, such as 127.0.0.1:9464' });
  }
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
});

/** `1%` or `0.01`; 0…1. */
export const share = z.string().transform((value, context) => {
  const [, amount = '', percent] = /^(\d{1,3}(?:\.\d{1,6})?)(%)?$/.exec(value) ?? [];
  const parsed = percent ? Number(amount) / 100 : Number(amount);
  if (amount === '' || !(parsed > 0 && parsed <= 1)) {
    context.addIssue({ code: 'custom', message: 'it must be a share above 0, such as 1% or 0.01' });
  }
  return parsed;
});

/** Addresses of HTTP, separated by commas or ends of lines. */
export const urls = text.transform((value, context) => {
  const list = partsOf(value);
  const good = list.every((one) => /^https?:$/.test(URL.parse(one)?.protocol ?? ''));
  if (!good || list.length === 0) {
    context.addIssue({ code: 'custom', message: 'it must be an http or https address' });
  }
  return list as readonly string[];
});

/** One address of HTTP. */
export const url = text.refine(
  (value) => /^https?:$/.test(URL.parse(value)?.protocol ?? ''),
  'it must be an http or https address',
);

export const repository = z
  .string()
  .regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/, 'it must be OWNER/REPO');

export const timeZone = z
  .string()
  .refine(isTimeZone, 'it must be a time zone such as Europe/Berlin or UTC');

export const alertSeverity = z.enum(ALERT_SEVERITIES, 'it must be critical, warning or info');

export const snapshotOn = z.enum(
  [...ALERT_SEVERITIES, 'never'],
  'it must be critical, warning, info or never',
);

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
