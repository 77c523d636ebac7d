import type { Headers } from '../../../calls/call.ts';
import type { SeenCall } from '../../detector.ts';
import { MALFORMED } from './rules.ts';
import { unusualShare } from './unusual-share.ts';

const HTTP = new Set('http https http2'.split(' '));
/** RFC 9110, section 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}$/;

function odd({ call, target }: SeenCall): string | null | undefined {
  if (!HTTP.has(call.protocol) || target.protocol === 'grpc') return undefined;
  const { method, status, responseBody, requestHeaders, responseHeaders } = call;
  if (!TOKEN.test(method)) return 'the method is no token';
  if (endsTwice(requestHeaders)) return 'a request that ends in two places';
  if (endsTwice(responseHeaders)) return 'an answer that ends in two places';
  if (status === undefined) return null;
  if (!/^[1-5]\d\d$/.test(status)) return 'the status is none of HTTP';
  const hasBody = responseBody.state === 'whole' || responseBody.state === 'binary';
  if (hasBody && (status === '204' || status === '304')) return `${status} with a body`;
  return null;
}

/** RFC 9112, section 6.3: where servers read the end differently, a request is smuggled in. */
function endsTwice(headers: Headers): boolean {
  const length = headers.get('content-length');
  if (length === undefined) return false;
  if (headers.has('transfer-encoding')) return true;
  return new Set(length.slice(0, 256).split(/\s*,\s*/)).size > 1;
}

/** HTTP messages that are none; told as protocol.malformed. */
export const malformedHttp = unusualShare({
  name: 'protocol.malformed/http',
  rule: MALFORMED,
  declares: false,
  of: 'workload',
  odd,
});
