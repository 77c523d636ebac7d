/** About the hop or the moment, not about the contract. */
const IGNORED =
  /^(?::.*|content-length|content-type|date|age|expires|last-modified|transfer-encoding|connection|keep-alive|proxy-connection|te|trailer|upgrade|host|via|server|x-powered-by|user-agent|forwarded|x-forwarded-.*|x-real-ip|x-envoy-.*|x-served-by|x-timer|x-instance.*|x-pod.*|x-node.*|x-host.*|x-b3-.*|b3|traceparent|tracestate|baggage|uber-trace-id|x-cloud-trace-context|x-amzn-trace-id|x-datadog-.*|sentry-trace|if-(?:none-match|modified-since)|x-runtime|x-response-time|server-timing|x-cache.*|cf-.*|alt-svc|sec-.*|accept-encoding)$/;
/** A request without these is another request. */
export const CREDENTIALS =
  /^(?:authorization|cookie|x-api-key|idempotency-key|content-encoding|x-csrf-token)$/;

/** A response has these because of what its request had, or for the first request of a client. */
export const OF_THE_REQUEST =
  /^(?:set-cookie|vary|content-(?:encoding|language|range)|access-control-.*|retry-after|warning)$/;
/** Each page has others of these: only what all had and none has is told. */
export const VARYING: ReadonlySet<string> = new Set(['link']);

/** Whether a header is about the hop or the moment, not about the contract; `name` in lower case. */
export function isPassing(name: string): boolean {
  return IGNORED.test(name);
}
