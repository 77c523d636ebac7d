import { isUtf8 } from 'node:buffer';
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import type { Exchanged } from './connections.ts';
import type { Content, HeaderList } from './exchange.ts';
import type { Names } from './names/names.ts';
import type { Address } from './packet.ts';
import { MAX_BODY } from './wire/kept-bytes.ts';

const ID_DIGITS = 10;

/**
 * An exchange as one line in Kubeshark's `full` form: from there on, calls from packets are read as
 * Kubeshark's are. `number` tells exchanges of one connection apart.
 */
export function recordOf(exchanged: Exchanged, number: number, names: Names): string {
  const { connection, client, server, protocol, start, end } = exchanged;
  const requestHeaders = exchanged.requestHeaders ?? [];
  const responseHeaders = exchanged.responseHeaders ?? [];
  return JSON.stringify({
    // Calls of one moment are put in order by their ids.
    id: `${connection}-${String(number).padStart(ID_DIGITS, '0')}`,
    ts: start,
    src: endpoint(client, names),
    dst: endpoint(server, names),
    proto: protocol,
    method: exchanged.method,
    path: exchanged.path,
    status: exchanged.status ?? null,
    latency_ms: end === undefined ? null : Math.max(0, Math.round((end - start) * 1000) / 1000),
    conn_id: String(connection),
    req_headers: named(requestHeaders),
    resp_headers: named(responseHeaders),
    req_body: body(exchanged.requestBody, requestHeaders),
    resp_body: body(exchanged.responseBody, responseHeaders),
    req_size: exchanged.requestSize,
    resp_size: exchanged.responseSize ?? null,
  });
}

function endpoint(address: Address, names: Names) {
  return { ...address, ...names.of(address) };
}

function named(headers: HeaderList) {
  return headers.map(([name, value]) => ({ name, value }));
}

function body(content: Content, headers: HeaderList) {
  if (content === undefined || typeof content === 'string') return content ?? null;
  if (content.length === 0) return content.cut ? hint('utf8', '', true) : null;
  const bytes = content.cut ? content.bytes() : decoded(content.bytes(), headers);
  if (!bytes) return hint('utf8', '', true);
  if (!isUtf8(bytes)) return hint('base64', bytes.toString('base64'), content.cut);
  const text = bytes.toString('utf8');
  return content.cut ? hint('utf8', text, true) : text;
}

function hint(encoding: string, content: string, truncated: boolean) {
  return { encoding, content, truncated };
}

type Decoder = (bytes: Buffer, options: { maxOutputLength: number }) => Buffer;

const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
};

/** Without its content encoding; as it came where that can't be undone, undefined where it is larger than what is kept. */
function decoded(bytes: Buffer, headers: HeaderList): Buffer | undefined {
  const encoding = headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1];
  const decode = DECODERS[encoding?.trim().toLowerCase() ?? ''];
  if (!decode) return bytes;
  try {
    return decode(bytes, { maxOutputLength: MAX_BODY });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? undefined : bytes;
  }
}
