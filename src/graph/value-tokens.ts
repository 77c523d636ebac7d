import type { Body, Call, Headers } from '../calls/call.ts';
import { hash32 } from '../support/hash.ts';

/** Text looked at of each part of a call, and values kept of a call. */
export const MAX_TEXT = 4_096;
const MAX_TOKENS = 64;
/** Words of this length are taken for values even without a digit. */
const LONG = 16;
const WORD = /[A-Za-z0-9_-]{3,128}/g;
const DIGIT = /\d/;

/** Headers that name one request on its whole way (W3C, B3, Jaeger, the clouds, proxies). */
const TRACE_HEADERS = [
  'traceparent',
  'b3',
  'x-b3-traceid',
  'uber-trace-id',
  'x-request-id',
  'x-correlation-id',
  'x-cloud-trace-context',
  'x-amzn-trace-id',
  'x-datadog-trace-id',
  'request-id',
] as const;

/** Headers whose values a service passes on or looks up. */
const VALUE_HEADERS = /^(?:authorization|cookie|x-.*(?:id|token|key|user|session).*)$/;

/** What a call carries that may come back in another: values and trace ids, as hashes. */
export interface ValueTokens {
  readonly values: readonly number[];
  readonly trace: readonly number[];
}

/** Id-like words of a request: its path and arguments, headers that carry identity, and its body. */
export function valueTokens(call: Call): ValueTokens {
  const values = new Set<number>();
  collect(call.path, values);
  for (const [name, value] of call.requestHeaders) {
    if (VALUE_HEADERS.test(name)) collect(value, values);
  }
  collect(textOf(call.requestBody), values);
  return { values: [...values], trace: traceIds(call.requestHeaders) };
}

/** The longest word of each trace header: the trace's id, whatever stands around it. */
function traceIds(headers: Headers): number[] {
  const found: number[] = [];
  for (const name of TRACE_HEADERS) {
    const words = headers
      .get(name)
      ?.slice(0, 512)
      .match(/[A-Za-z0-9]+(?:-[A-Za-z0-9]{4,12}){4}|[A-Za-z0-9]{8,}/g);
    const longest = words?.reduce((a, b) => (b.length > a.length ? b : a));
    if (longest) found.push(hash32(longest.toLowerCase()));
  }
  return found;
}

function collect(text: string, into: Set<number>): void {
  for (const [word] of text.slice(0, MAX_TEXT).matchAll(WORD)) {
    if (into.size >= MAX_TOKENS) return;
    if (word.length >= LONG || DIGIT.test(word)) into.add(hash32(word));
  }
}

function textOf(body: Body): string {
  return body.state === 'absent' || body.state === 'binary' ? '' : body.text;
}
