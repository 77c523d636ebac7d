import { itemsOf, memberOf } from '../json-member.ts';
import { amount, text } from '../record-fields.ts';

const MAX_TEXT = 16 * 1024 * 1024;

/** A body as records hold it. */
interface RecordBody {
  readonly encoding: 'base64' | 'utf8';
  readonly content: string;
  readonly truncated: boolean;
}

const UNKNOWN: RecordBody = { encoding: 'utf8', content: '', truncated: true };

/** What was sent: its text, or a form from its `params`. A body that is told but not there is unknown. */
export function requestBody(request: unknown): RecordBody | null {
  const data = memberOf(request, 'postData');
  const size = amount(memberOf(request, 'bodySize')) ?? 0;
  const content = text(memberOf(data, 'text'), MAX_TEXT);
  if (content !== undefined) {
    const encoding = memberOf(data, 'encoding') ?? memberOf(data, '_encoding');
    return whole(content, encoding === 'base64');
  }
  const params = itemsOf(data, 'params');
  if (params.length === 0) return size > 0 ? UNKNOWN : null;
  const type = text(memberOf(data, 'mimeType'), 256) ?? '';
  return /^application\/x-www-form-urlencoded/i.test(type) ? formOf(params) : UNKNOWN;
}

/**
 * What was answered, decoded as the archive has it. Shorter than it says it was is cut; without text it
 * is unknown, unless the archive says that it was empty.
 */
export function responseBody(response: unknown): RecordBody | null {
  const content = memberOf(response, 'content');
  const told = memberOf(content, 'size');
  const size = amount(told) ?? 0;
  const body = text(memberOf(content, 'text'), MAX_TEXT);
  if (body === undefined) return size > 0 || told === -1 ? UNKNOWN : null;
  const base64 = memberOf(content, 'encoding') === 'base64';
  const bytes = base64 ? Buffer.byteLength(body, 'base64') : Buffer.byteLength(body);
  return { ...whole(body, base64), truncated: bytes < size };
}

function whole(content: string, base64: boolean): RecordBody {
  return { encoding: base64 ? 'base64' : 'utf8', content, truncated: false };
}

function formOf(params: readonly unknown[]): RecordBody {
  const form = new URLSearchParams();
  for (const param of params) {
    const name = memberOf(param, 'name');
    if (typeof name === 'string') form.append(name, text(memberOf(param, 'value'), MAX_TEXT) ?? '');
  }
  return whole(form.toString(), false);
}
