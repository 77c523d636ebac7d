import type { Headers } from '../calls/call.ts';

const MAX_HEADERS = 256;
const MAX_NAME = 256;
const MAX_VALUE = 8192;
const NONE: Headers = new Map();

/**
 * Headers in any of the forms in use: an object of values (text, number, or a list of them), or a
 * list of `{name, value}`. Names in lower case, repeats joined; what is past the limits is dropped.
 */
export function parseHeaders(raw: unknown): Headers {
  if (typeof raw !== 'object' || raw === null) return NONE;
  const headers = new Map<string, string>();
  if (Array.isArray(raw)) {
    for (const entry of raw) {
      if (typeof entry !== 'object' || entry === null) continue;
      const { name, key, value } = entry as Record<string, unknown>;
      add(headers, name ?? key, value);
    }
  } else {
    for (const name in raw) add(headers, name, (raw as Record<string, unknown>)[name]);
  }
  return headers.size === 0 ? NONE : headers;
}

function add(headers: Map<string, string>, rawName: unknown, raw: unknown): void {
  if (typeof rawName !== 'string' || rawName === '' || rawName.length > MAX_NAME) return;
  const value = textOf(raw);
  if (value === undefined) return;
  const name = rawName.toLowerCase();
  const before = headers.get(name);
  if (before === undefined && headers.size >= MAX_HEADERS) return;
  headers.set(name, before === undefined ? value : `${before}, ${value}`.slice(0, MAX_VALUE));
}

function textOf(raw: unknown): string | undefined {
  if (typeof raw === 'string') return raw.length > MAX_VALUE ? raw.slice(0, MAX_VALUE) : raw;
  if (typeof raw === 'number' || typeof raw === 'boolean') return String(raw);
  if (!Array.isArray(raw)) return undefined;
  const values = raw
    .slice(0, MAX_HEADERS)
    .filter((v) => typeof v === 'string' || typeof v === 'number');
  return values.length === 0 ? undefined : values.join(', ').slice(0, MAX_VALUE);
}
