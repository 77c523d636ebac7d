import type { Body } from '../../calls/call.ts';
import { decodeForm } from './decode-form.ts';
import { decodeGrpc } from './decode-grpc.ts';
import { decodeMultipart } from './decode-multipart.ts';
import { decodeProtobuf } from './decode-protobuf.ts';
import { decodeSse } from './decode-sse.ts';
import { decodeXml } from './decode-xml.ts';

export const BODY_KINDS = [
  'json',
  'ndjson',
  'sse',
  'form',
  'multipart',
  'xml',
  'grpc',
  'protobuf',
  'text',
  'binary',
] as const;
export type BodyKind = (typeof BODY_KINDS)[number];

/**
 * A body as values of the JSON model. `unknown` was cut or redacted, `unseen` is not shown by
 * the source at all, `invalid` is not what its content type says: they are counted and never judged.
 */
export type Decoded =
  | { readonly state: 'absent' | 'unknown' | 'unseen' | 'invalid' }
  | { readonly state: 'known'; readonly kind: BodyKind; readonly values: readonly unknown[] };

/** Text bodies beyond this many characters are not taken apart, JSON excepted. */
const MAX_TEXT = 16 * 1024 * 1024;

/**
 * Decodes a body by its media type (lower case, without parameters), and by its look where the type
 * is missing or says only 'text' or 'bytes'. `header` is the whole content type.
 */
export function decodeBody(body: Body, mediaType: string, header: string): Decoded {
  switch (body.state) {
    case 'absent':
      return { state: 'absent' };
    case 'cut':
    case 'redacted':
      return { state: 'unknown' };
    case 'unseen':
      return { state: 'unseen' };
    case 'binary':
      return decodeBytes(body.bytes, mediaType);
    case 'whole':
      return body.text === '' ? { state: 'absent' } : decodeText(body.text, mediaType, header);
  }
}

function decodeText(text: string, mediaType: string, header: string): Decoded {
  const kind = kindOfType(mediaType);
  if (kind === 'json') {
    const value = parseJson(text);
    if (value !== undefined) return known('json', [value]);
    return known('ndjson', parseLines(text));
  }
  if (text.length > MAX_TEXT) return known('text', []);
  switch (kind) {
    case 'ndjson':
      return known('ndjson', parseLines(text));
    case 'sse':
      return known('sse', decodeSse(text));
    case 'form':
      return known('form', [decodeForm(text)]);
    case 'multipart':
      return known('multipart', decodeMultipart(text, header));
    case 'xml':
      return known('xml', decodeXml(text));
    case 'grpc':
    case 'protobuf':
    case 'binary':
      return sniff(text) ?? { state: 'unknown' };
    default:
      return sniff(text) ?? known('text', [text]);
  }
}

/** What text looks like, where nobody said: JSON with a bracket or a quote, or event data. */
function sniff(text: string): Decoded | undefined {
  const first = /\S/.exec(text)?.[0];
  if (first === '{' || first === '[' || first === '"') {
    const value = parseJson(text);
    if (value !== undefined) return known('json', [value]);
    const lines = parseLines(text);
    if (lines) return known('ndjson', lines);
  }
  if (first === '<' && /^\s*<\?xml\s/.test(text)) return known('xml', decodeXml(text));
  return undefined;
}

function decodeBytes(bytes: Uint8Array, mediaType: string): Decoded {
  if (bytes.length === 0) return { state: 'absent' };
  const kind = kindOfType(mediaType);
  if (kind === 'grpc') return known('grpc', decodeGrpc(bytes));
  if (kind === 'protobuf') {
    const value = decodeProtobuf(bytes);
    return known('protobuf', value && [value]);
  }
  if (kind !== undefined && kind !== 'binary') {
    const text = utf8(bytes);
    return text === undefined ? { state: 'invalid' } : decodeText(text, mediaType, mediaType);
  }
  return known('binary', []);
}

function known(kind: BodyKind, values: readonly unknown[] | undefined): Decoded {
  return values === undefined ? { state: 'invalid' } : { state: 'known', kind, values };
}

/** How bodies of a media type (lower case, without parameters) are decoded; undefined where it does not say. */
export function kindOfType(type: string): BodyKind | undefined {
  if (type === '') return undefined;
  if (type === 'application/json' || type.endsWith('+json') || type === 'text/json') return 'json';
  if (/^application\/(?:x-)?(?:ndjson|jsonl|json-lines)$/.test(type)) return 'ndjson';
  if (type === 'text/event-stream') return 'sse';
  if (type === 'application/x-www-form-urlencoded') return 'form';
  if (type.startsWith('multipart/')) return 'multipart';
  if (type === 'application/xml' || type === 'text/xml' || type.endsWith('+xml')) return 'xml';
  if (type.startsWith('application/grpc')) return 'grpc';
  if (/^application\/(?:x-|vnd\.google\.)?protobuf$/.test(type)) return 'protobuf';
  if (type.startsWith('text/')) return 'text';
  if (/^(?:image|audio|video|font)\//.test(type) || type === 'application/octet-stream') {
    return 'binary';
  }
  return undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseLines(text: string): unknown[] | undefined {
  const values: unknown[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const value = parseJson(line);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values.length === 0 ? undefined : values;
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
