import { mediaType } from '../../../profile/message-header-form.ts';
import type { AlertRule } from '../../alert-rule.ts';
import type { SeenCall } from '../../detector.ts';
import { unusualShare } from './unusual-share.ts';

const RULE: AlertRule = {
  id: 'protocol.grpc-mismatch',
  category: 'protocol',
  severity: 'warning',
  title: 'gRPC calls are not answered as gRPC',
  meaning:
    'A gRPC call is answered with another media type, with an HTTP status that is not 200, or without a grpc-status: something on the way that does not speak gRPC answers, or cuts the trailers off. The workload is who serves the operation.',
  method:
    'gRPC over HTTP/2 (grpc.io): every answer has status 200, a content type application/grpc, and a grpc-status in its headers or trailers. The share of calls that break one of them is tested against the operation’s own learned share (one-sided binomial test, at 10⁻⁷, at least 3 calls, 50 learned ones). Where trailers are never captured, their absence is the learned share.',
  within: 'In two intervals.',
  confirm: 2,
  clear: 3,
  remedy:
    'Look for a proxy or load balancer that speaks HTTP/1.1 to the service, or answers for it. What stays is learned 24 hours after it began.',
  symptom: false,
};

function odd({ call, target }: SeenCall): string | null | undefined {
  if (call.protocol !== 'grpc' && target.protocol !== 'grpc') return undefined;
  if (call.status === undefined && call.responseHeaders.size === 0) return undefined;
  const type = mediaType(call.responseHeaders.get('content-type'));
  if (type !== '' && !type.startsWith('application/grpc')) return 'another media type than gRPC’s';
  const http = call.responseHeaders.get(':status') ?? httpStatus(call.status);
  if (http !== undefined && http !== '200') return 'an HTTP status other than 200';
  const told = call.responseHeaders.has('grpc-status') || isCode(call.status);
  return told ? null : 'no grpc-status';
}

/** A status of three digits is HTTP’s own. */
function httpStatus(status: string | undefined): string | undefined {
  return status !== undefined && /^[1-5]\d\d$/.test(status) ? status : undefined;
}

function isCode(status: string | undefined): boolean {
  return status !== undefined && /^\d{1,2}$/.test(status);
}

export const grpcMismatch = unusualShare({
  name: RULE.id,
  rule: RULE,
  declares: true,
  of: 'operation',
  odd,
});
