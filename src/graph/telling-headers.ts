import type { Headers } from '../calls/call.ts';

/** Those that name a trace, or carry what a service hands on: credentials, sessions, ids; whether it is over TLS. */
const TELLING =
  /^(?:authorization|cookie|traceparent|b3|uber-trace-id|sentry-trace|request-id|x-.+|:scheme)$/;
const NONE: Headers = new Map();
/** Headers were seen, which is told apart from none. */
const SILENT: Headers = new Map([['accept', '']]);

/** The request headers that tell who caused a call, and whether it bore a credential or went over TLS. */
export function tellingHeaders(headers: Headers): Headers {
  if (headers.size === 0) return NONE;
  const telling = new Map<string, string>();
  for (const [name, value] of headers) if (TELLING.test(name)) telling.set(name, value);
  return telling.size === 0 ? SILENT : telling;
}
