import type { Call, Headers } from '../../../calls/call.ts';
import { textOf } from '../../../calls/protocols/text.ts';
import { mediaType } from '../../../profile/message-header-form.ts';
import { decodeForm } from '../../../profile/schema/decode-form.ts';

const MAX_TARGET = 8_192;
const MAX_BODY = 16_384;
const MAX_VALUES = 2_000;
const MAX_DEPTH = 32;
/** Headers that servers log, look up, or put into pages. */
const HEADERS = [
  'user-agent',
  'referer',
  'x-forwarded-for',
  'x-api-version',
  'x-forwarded-host',
  'accept-language',
  'origin',
  'x-client-ip',
  'x-real-ip',
  'true-client-ip',
];
/** Nothing in a body that lacks all of these can be an attack. */
const MARKS =
  /['`$;|<]|\\["nru]|\.\.[/\\]|--|\{[{%]|[#*]\{|&&|%2|\d[\s+]+(?:or|and)\b|union|information_schema|javascript:|\/(?:etc|proc|dev)\//i;

/** Values that a request brings: where, and decoded. */
export type Value = readonly [place: string, value: string];

/** Path, parameters, some headers and the strings of a form or JSON body; bounded. */
export function* requestValues(call: Call): Generator<Value> {
  yield* inTarget(call.path);
  yield* inHeaders(call.requestHeaders);
  const text = textOf(call.requestBody);
  if (text === '' || text.length > MAX_BODY || !MARKS.test(text)) return;
  const type = mediaType(call.requestHeaders.get('content-type'));
  if (type === 'application/x-www-form-urlencoded') {
    for (const value of stringsIn(decodeForm(text))) yield ['form', value];
    return;
  }
  const first = text.trimStart()[0];
  if (first === '{' || first === '[' || first === '"') {
    const json = parse(text);
    if (json === undefined) return;
    for (const value of stringsIn(json)) yield ['body', value];
    return;
  }
  if (first === '<' && /xml/.test(type)) yield ['body', text.slice(0, 4096)];
}

function* inTarget(target: string): Generator<Value> {
  const text = target.length > MAX_TARGET ? target.slice(0, MAX_TARGET) : target;
  const at = text.indexOf('?');
  const path = at < 0 ? text : text.slice(0, at);
  yield ['path', path];
  if (path.includes('%')) yield ['path', decoded(path)];
  if (at < 0) return;
  let left = 64;
  for (const pair of text.slice(at + 1).split('&', 256)) {
    if (left-- === 0) return;
    const joint = pair.indexOf('=');
    const raw = joint < 0 ? pair : pair.slice(joint + 1);
    const value = decoded(raw.replaceAll('+', ' '));
    yield ['query', value];
    if (value.includes('%')) yield ['query', decoded(value)];
  }
}

function* inHeaders(headers: Headers): Generator<Value> {
  for (const name of HEADERS) {
    const value = headers.get(name);
    if (value !== undefined) yield ['header', value.slice(0, 1024)];
  }
  const cookie = headers.get('cookie');
  if (cookie?.includes('${') || cookie?.includes("'")) yield ['header', cookie.slice(0, 4096)];
}

/** Percent-encoding undone where it is whole, else as it stands. */
function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/%([0-7][0-9a-f])/gi, (_, hex) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function stringsIn(json: unknown): string[] {
  const found: string[] = [];
  const walk = (value: unknown, depth: number) => {
    if (found.length >= MAX_VALUES || depth > MAX_DEPTH) return;
    if (typeof value === 'string') found.push(value);
    else if (typeof value === 'object' && value !== null) {
      for (const part of Object.values(value)) walk(part, depth + 1);
    }
  };
  walk(json, 0);
  return found;
}
