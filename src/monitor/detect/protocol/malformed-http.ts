import type { SeenCall } from '../../detector.ts';
import { MALFORMED } from './rules.ts';
import { unusualShare } from './unusual-share.ts';

const HTTP = new Set('http https http2'.split(' '));
/** RFC 9110, section 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}$/;

function odd({ call, target }: SeenCall): string | null | undefined {
  if (!HTTP.has(call.protocol) || target.protocol === 'grpc') return undefined;
  const { method, status, responseBody } = call;
  if (!TOKEN.test(method)) return 'the method is no token';
  if (status === undefined) return null;
  if (!/^[1-5]\d\d$/.test(status)) return 'the status is none of HTTP';
  const hasBody = responseBody.state === 'whole' || responseBody.state === 'binary';
  if (hasBody && (status === '204' || status === '304')) return `${status} with a body`;
  return null;
}

/** HTTP messages that are none; told as protocol.malformed. */
export const malformedHttp = unusualShare({
  name: 'protocol.malformed/http',
  rule: MALFORMED,
  declares: false,
  of: 'workload',
  odd,
});
