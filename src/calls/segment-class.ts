import { holdsCredential } from './secret-formats.ts';
import { literal, MAX_TOKEN, SECRET } from './segment.ts';
import { fileClass } from './segment-file.ts';
import { idClass } from './segment-id.ts';
import { isLocale } from './segment-locale.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const date = /^\d{4}-\d{2}(?:-\d{2})?$/;
const dateTime = /^\d{4}-?\d{2}-?\d{2}[T_ ]\d{2}:?\d{2}/;
const time = /^\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?$/;
const ip = /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?::\d+)?$/;
const version = /^v?\d+(?:\.\d+){1,3}(?:[-+][\w.+-]*)?$/;
const apiVersion = /^v\d{1,3}(?:\.\d{1,2})?(?:(?:alpha|beta|rc|p)\d*)?$/i;
const number = /^[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$/;
const jwt = /^eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?$/;
const digest = /^([a-z][a-z0-9+]{1,11}):[0-9a-f]{32,}$/i;
const templated = /^(?:\{[^{}]*\}|:[A-Za-z_]\w*|<[^<>]+>)$/;
const plainWord = /^[A-Za-z]{1,64}$/;
/** Handles that every caller says alike. */
const selves: ReadonlySet<string> = new Set([
  '@me',
  '@self',
  '@all',
  '@original',
  '@default',
  '@latest',
]);
/** What a name in a path never needs: such text is a value. Letters of other scripts may be names. */
const outsideNames = /[^\w.\-~!$&'()*+:@\p{L}\p{M}\p{N}]/u;

/**
 * The token of one decoded segment: the class of what surely varies, else the word itself.
 * Source of the shapes: RFC 9562 (UUID), ISO 8601, and the ids that well-known APIs publish.
 */
export function classify(text: string): string {
  if (/^\d{1,32}$/.test(text)) return '{int}';
  if (text.length < 9 && plainWord.test(text)) return text;
  const known = words.get(text);
  if (known !== undefined) return known;
  const token = classOf(text);
  if (text.length <= MAX_TOKEN && !token.includes('{')) {
    if (words.size >= MAX_CACHED) words.clear();
    words.set(text, token);
  }
  return token;
}

/** Words met before, with their tokens: values are not kept, most of them never come again. */
const words = new Map<string, string>();
const MAX_CACHED = 4096;

function classOf(text: string): string {
  if (templated.test(text)) return '{id}';
  if (uuid.test(text)) return '{uuid}';
  if (digest.test(text)) return `${text.slice(0, text.indexOf(':'))}:{hex}`;
  if (text.length > 16 && text.startsWith('eyJ') && jwt.test(text)) return '{jwt}';
  return (
    numeric(text) ??
    (holdsCredential(text) ? SECRET : undefined) ??
    marked(text) ??
    (text.length > MAX_TOKEN ? '{text}' : undefined) ??
    (apiVersion.test(text) ? literal(text) : undefined) ??
    (version.test(text) ? '{version}' : undefined) ??
    (isLocale(text) ? '{locale}' : undefined) ??
    fileClass(text) ??
    idClass(text) ??
    literal(text)
  );
}

/** Classes that begin with a digit or a sign. */
function numeric(text: string): string | undefined {
  const first = text.charCodeAt(0);
  if (first > 57 || first < 43 || text.length > MAX_TOKEN) return undefined;
  if (date.test(text)) return '{date}';
  if (dateTime.test(text)) return '{datetime}';
  if (time.test(text)) return '{time}';
  if (ip.test(text)) return '{ip}';
  if (number.test(text)) return /^\d+\.\d+$/.test(text) ? '{version}' : '{number}';
  return undefined;
}

/** Classes known by a mark inside: address, list, handle, text. */
function marked(text: string): string | undefined {
  if (text.startsWith('@')) return selves.has(text) ? text : '@{name}';
  if (text.startsWith('~') && text.length > 1) return '~{name}';
  const at = text.indexOf('@');
  if (at > 0) return text.indexOf('.', at) > 0 ? '{email}' : '{id}';
  if (text.includes(',') || text.includes('|')) return '{list}';
  if (outsideNames.test(text)) return '{text}';
  const colon = text.lastIndexOf(':');
  if (colon > 0 && text.length <= MAX_TOKEN) {
    if (text.indexOf(':') !== colon && /^[0-9a-fA-F:.]+$/.test(text)) return '{ip}';
    const last = classify(text.slice(colon + 1));
    if (last.includes('{')) return `${literal(text.slice(0, colon))}:${last}`;
  }
  return undefined;
}
