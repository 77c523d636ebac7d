import type { Call } from '../calls/call.ts';

/** gRPC: unknown, deadline exceeded, resource exhausted, aborted, internal, unavailable, data loss. */
const GRPC = new Set(['2', '4', '8', '10', '13', '14', '15']);

/** Whether a client would try this call again: no response, or a failure that may pass. */
export function mayBeRetried({ status, latency, protocol }: Call): boolean {
  if (status === undefined) return latency === undefined;
  if (protocol === 'grpc' && GRPC.has(status)) return true;
  const code = Number(status);
  if (Number.isInteger(code)) return code === 408 || code === 429 || (code >= 500 && code <= 599);
  return /err|fail|exception|timeout/i.test(status);
}

/** `2xx`, `4xx`, …, `none` without a response, `plain` for a status that is not one of HTTP's. */
export function statusClass({ status, latency }: Call): string {
  if (status === undefined) return latency === undefined ? 'none' : 'plain';
  return /^[1-5]\d\d$/.test(status) ? `${status[0]}xx` : status === '0' ? 'plain' : 'other';
}
