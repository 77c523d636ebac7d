import type { Headers } from '../calls/call.ts';

/** What headers say of the trace that a call belongs to. */
export interface Trace {
  /** `kind value`, most telling kind first: calls that share one belong together. */
  readonly ids: readonly string[];
  /** This call's own span, and the span that caused it, where told. */
  readonly span: string | undefined;
  readonly cause: string | undefined;
}

const NO_TRACE: Trace = { ids: [], span: undefined, cause: undefined };
const LONGEST = 256;
/** Headers whose whole value is the id. */
const PLAIN = [
  'x-b3-traceid',
  'x-datadog-trace-id',
  'x-ot-span-context',
  'x-request-id',
  'x-correlation-id',
  'x-client-trace-id',
  'request-id',
];

/**
 * Reads W3C traceparent, B3 (single and multiple), Jaeger's uber-trace-id, the headers of Amazon,
 * Google, Datadog and Sentry, and request ids that services hand on. A service may hand on only some.
 */
export function traceOf(headers: Headers): Trace {
  if (headers.size === 0) return NO_TRACE;
  const ids: string[] = [];
  let span: string | undefined;
  let cause: string | undefined;
  const read = (name: string): string | undefined => {
    const value = headers.get(name);
    return value === undefined || value === '' || value.length > LONGEST ? undefined : value;
  };
  const w3c = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-/i.exec(read('traceparent') ?? '');
  if (w3c) {
    ids.push(`w3c ${w3c[1]}`);
    span = w3c[2];
  }
  const b3 = /^([\da-f]{16,32})-([\da-f]{16})(?:-[01d](?:-([\da-f]{16}))?)?$/i.exec(
    read('b3') ?? '',
  );
  if (b3) {
    ids.push(`x-b3-traceid ${b3[1]}`);
    span ??= b3[2];
    cause ??= b3[3];
  }
  span ??= read('x-b3-spanid');
  cause ??= read('x-b3-parentspanid');
  const jaeger = (read('uber-trace-id') ?? '').split(/:|%3A/i);
  if (jaeger.length === 4) {
    ids.push(`jaeger ${jaeger[0]}`);
    span ??= jaeger[1];
    if (jaeger[2] !== '0') cause ??= jaeger[2];
  }
  const amazon = /Root=([^;]+)/.exec(read('x-amzn-trace-id') ?? '');
  if (amazon) ids.push(`amazon ${amazon[1]}`);
  const google = /^([\da-f]+)(?:\/|$)/i.exec(read('x-cloud-trace-context') ?? '');
  if (google) ids.push(`google ${google[1]}`);
  const sentry = /^([\da-f]{32})-/i.exec(read('sentry-trace') ?? '');
  if (sentry) ids.push(`sentry ${sentry[1]}`);
  for (const name of PLAIN) {
    const value = read(name);
    if (value !== undefined) ids.push(`${name} ${value}`);
  }
  return ids.length === 0 ? NO_TRACE : { ids, span, cause };
}
