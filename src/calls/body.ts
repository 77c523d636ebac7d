import { isUtf8 } from 'node:buffer';
import type { Body, Headers } from './call.ts';
import { endsEarly } from './json-end.ts';

/** What the record says around a body. */
export interface BodyContext {
  readonly headers: Headers;
  /** Bytes told by the record; may count headers or compressed bytes. */
  readonly size: number | undefined;
  /** No body can be expected: answer to HEAD, status 204 or 304. */
  readonly bodiless?: boolean;
}

interface Content {
  readonly text: string;
  readonly base64: boolean;
  readonly cut: boolean;
}

const ABSENT: Body = { state: 'absent' };
const UNSEEN: Body = { state: 'unseen', text: '' };
/** How a record says that its source shows no bodies. */
export const UNSEEN_RECORD = { encoding: 'unseen', content: '' } as const;
const REDACTED = ['[redacted]', '[REDACTED]', '[Redacted]'];
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const BINARY_TYPE =
  /^(?:application\/(?:grpc|octet-stream|protobuf|x-protobuf|vnd\.google\.protobuf|msgpack|x-msgpack|zip|gzip|pdf|cbor|avro)|image\/(?!svg)|audio\/|video\/|font\/)/i;
const JSON_TYPE = /^[a-z]+\/(?:[\w.-]+\+)?json/i;
const HINT_KEYS = new Set(
  'encoding content text data body truncated size mimeType mime_type'.split(' '),
);
/** Above this many bytes missing, a told size can't be explained by a line of status and the framing. */
const FRAMING = 512;
/** Characters that decide whether a body is text. */
const EXAMINED = 512;
const MAGIC = ['1f8b', '89504e47', 'ffd8ff', '25504446', '504b0304', '28b52ffd', '474946'];

/**
 * A body as a record gives it: text, an array or object already parsed, or a hint of an encoding.
 * Shorter than told, or JSON that ends early, is `cut`: unknown, never a change.
 */
export function parseBody(value: unknown, context: BodyContext): Body {
  const content = contentOf(value);
  if (content === undefined) return UNSEEN;
  const told = context.bodiless ? 0 : contentLength(context.headers);
  if (content.text === '') return content.cut || told > 0 ? { state: 'cut', text: '' } : ABSENT;
  if (!content.base64 && hasControls(content.text)) {
    return binary(bytesOf(content.text), content.cut || content.text.length < told);
  }
  const bytes = content.base64
    ? Buffer.from(content.text, 'base64')
    : binaryOf(content.text, context);
  if (bytes && !isText(bytes)) return binary(bytes, content.cut || bytes.length < told);
  const text = bytes ? bytes.toString('utf8') : content.text;
  if (isRedacted(text)) return { state: 'redacted', text };
  return { state: content.cut || isCut(text, told, context) ? 'cut' : 'whole', text };
}

/** Undefined where the source shows none. */
function contentOf(value: unknown): Content | undefined {
  if (typeof value === 'string') return { text: value, base64: false, cut: false };
  if (value === null || value === undefined) return { text: '', base64: false, cut: false };
  const hint = typeof value === 'object' ? (value as Record<string, unknown>) : {};
  if (typeof hint.encoding === 'string' && Object.keys(hint).every((key) => HINT_KEYS.has(key))) {
    const text = [hint.content, hint.text, hint.data, hint.body].find((v) => typeof v === 'string');
    if (typeof text === 'string') {
      if (hint.encoding === UNSEEN_RECORD.encoding) return undefined;
      return { text, base64: /^base64/i.test(hint.encoding), cut: hint.truncated === true };
    }
  }
  return { text: JSON.stringify(value), base64: false, cut: false };
}

function isRedacted(text: string): boolean {
  return REDACTED.some((mark) => text.includes(mark));
}

/** Bytes of the body that a header tells; 0 when it tells none, or counts compressed ones. */
function contentLength(headers: Headers): number {
  const told = headers.get('content-length');
  if (told === undefined || !/^\d{1,15}$/.test(told)) return 0;
  const encoding = headers.get('content-encoding');
  return encoding === undefined || encoding === 'identity' ? Number(told) : 0;
}

function isCut(text: string, told: number, { headers, size }: BodyContext): boolean {
  if (told > 0) {
    const bytes = text.length === told ? told : Buffer.byteLength(text);
    if (bytes <= told) return bytes < told;
  }
  const first = text.trimStart()[0];
  if (first === '{' || first === '[') return endsEarly(text);
  if (first === '"' && JSON_TYPE.test(headers.get('content-type') ?? '')) return endsEarly(text);
  if (size === undefined || headers.has('content-encoding')) return false;
  let overhead = FRAMING;
  for (const [name, value] of headers) overhead += name.length + value.length + 4;
  return Buffer.byteLength(text) + overhead < size;
}

/** The bytes of text whose characters are bytes; what a decoder has replaced stays replaced. */
function bytesOf(text: string): Buffer {
  return Buffer.from(text, /^[\0-\xff]*$/.test(text) ? 'latin1' : 'utf8');
}

/** The bytes behind text that is clearly base64 of something else; undefined for plain text. */
function binaryOf(text: string, { headers }: BodyContext): Buffer | undefined {
  if (text.length < 8 || text.length % 4 !== 0) return undefined;
  const first = text.charCodeAt(0);
  if (first === 0x7b || first === 0x5b || first === 0x22 || first === 0x3c) return undefined;
  if (!BASE64.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  const type = headers.get('content-type') ?? '';
  if (BINARY_TYPE.test(type)) return bytes;
  if (JSON_TYPE.test(type)) return bytes[0] === 0x7b || bytes[0] === 0x5b ? bytes : undefined;
  return hasMagic(bytes) ? bytes : undefined;
}

function hasMagic(bytes: Buffer): boolean {
  const start = bytes.toString('hex', 0, 4);
  if (MAGIC.some((magic) => start.startsWith(magic))) return true;
  // A gRPC message: no compression, then its length.
  return bytes.length >= 5 && bytes[0] === 0 && bytes.readUInt32BE(1) === bytes.length - 5;
}

function binary(bytes: Buffer, cut: boolean): Body {
  return cut ? { state: 'cut', text: '' } : { state: 'binary', bytes };
}

/** As text is looked at, so that text which was taken for bytes stays bytes when it is read again. */
function isText(bytes: Buffer): boolean {
  return isUtf8(bytes) && !hasControls(bytes.toString('utf8', 0, 4 * EXAMINED));
}

/** Control characters that no text has, or what a decoder puts for bytes that it can't read. */
function hasControls(text: string): boolean {
  const end = Math.min(text.length, EXAMINED);
  for (let i = 0; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 ? code < 9 || code > 13 : code === 0xfffd) return true;
  }
  return false;
}
