import { parseBody } from '../calls/body.ts';
import type { Endpoint, Headers } from '../calls/call.ts';
import type { Observation } from '../calls/observation.ts';
import { isHttpLike } from '../calls/protocol-kind.ts';
import { workloadOf } from '../calls/workload.ts';
import { isRecord } from '../support/json.ts';
import { amount, port, text, time } from './record-fields.ts';
import { parseHeaders } from './record-headers.ts';
import { restoreLongIds } from './record-ids.ts';
import { spanGaps } from './record-spans.ts';

/** Longer lines are not parsed: no call is that large, since bodies in lists are previews. */
export const MAX_LINE_BYTES = 16 * 1024 * 1024;

const MAX_ID = 512;
const MAX_NAME = 253;
const MAX_PATH = 64 * 1024;

type Raw = Readonly<Record<string, unknown>>;

/** One line of NDJSON: a Kubeshark `compact` or `full` record. Never throws, never echoes the line. */
export function parseLine(line: string): Observation {
  if (line.length > MAX_LINE_BYTES) return bad('line longer than 16 MiB');
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return bad('not JSON');
  }
  return parseRecord(restoreLongIds(value, line));
}

/**
 * A Kubeshark `compact` or `full` record as a call. What is unreadable comes back as `bad` with a
 * reason that holds nothing of the record.
 */
export function parseRecord(value: unknown): Observation {
  if (!isRecord(value)) return bad('not an object');
  const raw = value;
  const lacking = lackingOf(raw);
  if (lacking !== undefined) return bad(`${lacking}: missing or of another kind`);
  const id = text(raw.id, MAX_ID);
  const ts = time(raw.ts);
  const protocol = (raw.proto as string).trim().toLowerCase().slice(0, 32).trimEnd();
  if (id === undefined) return bad('id: empty');
  if (ts === undefined) return bad('ts: not a time');
  if (protocol === '') return bad('proto: empty');

  const method = text(raw.method, 128)?.trim().toUpperCase() ?? '';
  const requestHeaders = parseHeaders(raw.req_headers);
  const responseHeaders = parseHeaders(raw.resp_headers);
  const latency = amount(raw.latency_ms);
  const status = statusOf(protocol, raw.status, requestHeaders, responseHeaders, latency);
  const requestSize = amount(raw.req_size);
  const responseSize = amount(raw.resp_size);
  const bodiless = method === 'HEAD' || status === '204' || status === '304';
  const call = {
    id,
    ts,
    latency,
    src: endpoint(raw.src as Raw | null | undefined, undefined),
    dst: endpoint(raw.dst as Raw | null | undefined, requestHeaders),
    protocol,
    method,
    path: text(raw.path, MAX_PATH) ?? '',
    status,
    requestHeaders,
    responseHeaders,
    requestBody: parseBody(raw.req_body, { headers: requestHeaders, size: requestSize }),
    responseBody: parseBody(raw.resp_body, {
      headers: responseHeaders,
      size: responseSize,
      bodiless,
    }),
    requestSize,
    responseSize,
    connection: text(raw.conn_id, MAX_ID),
    flow: text(raw.flow_id, MAX_ID),
    node: text(raw.node_id, MAX_NAME) ?? text(nodeInId(id), MAX_NAME) ?? text(raw.worker, MAX_NAME),
    ...(raw.cause !== undefined && { cause: text(raw.cause, MAX_ID) ?? null }),
    ...(isRecord(raw.spans) && { spans: spanGaps(raw.spans) }),
  };
  return { kind: 'call', call };
}

function endpoint(raw: Raw | null | undefined, headers: Headers | undefined): Endpoint {
  const service = text(raw?.svc, MAX_NAME);
  const pod = text(raw?.pod, MAX_NAME);
  const namespace = text(raw?.ns, MAX_NAME);
  const node = text(raw?.node, MAX_NAME);
  const ip = text(raw?.ip, 64);
  const host = headers?.get('host') ?? headers?.get(':authority');
  const workload = workloadOf({ service, pod, namespace, node, ip, host });
  return { workload, namespace, pod, ip, port: port(raw?.port), node };
}

/**
 * Status as seen; 0 in HTTP means that none was, and in gRPC where nothing else came back either: a
 * stream that was reset. gRPC tells its own in a header or trailer.
 */
function statusOf(
  protocol: string,
  raw: unknown,
  requestHeaders: Headers,
  responseHeaders: Headers,
  latency: number | undefined,
): string | undefined {
  const type = requestHeaders.get('content-type') ?? responseHeaders.get('content-type');
  if (protocol === 'grpc' || type?.startsWith('application/grpc')) {
    const code = responseHeaders.get('grpc-status')?.trim();
    if (code) return code.slice(0, 64);
  }
  const status = text(raw, 64)?.trim();
  if (status === undefined || status === '' || status.startsWith('-')) return undefined;
  if (status !== '0') return status;
  const silent = protocol === 'grpc' && latency === undefined && responseHeaders.size === 0;
  return silent || isHttpLike(protocol) ? undefined : status;
}

/** The observing node, where ids are like `node1/204/0`. */
function nodeInId(id: string): string | undefined {
  const slash = id.indexOf('/');
  return slash > 0 ? id.slice(0, slash) : undefined;
}

/**
 * Which field lacks that a record can't be without, or be of another kind. All else is read field by
 * field. By hand: a schema's check cost as much as all of the fields.
 */
function lackingOf({ id, ts, proto, src, dst }: Raw): string | undefined {
  if (!isScalar(id)) return 'id';
  if (!isScalar(ts)) return 'ts';
  if (typeof proto !== 'string') return 'proto';
  if (src !== undefined && src !== null && !isRecord(src)) return 'src';
  if (dst !== undefined && dst !== null && !isRecord(dst)) return 'dst';
  return undefined;
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || Number.isFinite(value);
}

function bad(reason: string): Observation {
  return { kind: 'bad', reason };
}
