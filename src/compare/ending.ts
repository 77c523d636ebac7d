import type { Call } from '../calls/call.ts';
import { statusKind } from './statuses/status-kind.ts';
import { tellsOfError } from './statuses/told-error.ts';

/**
 * How a call ended. `rejected`: by the caller's fault, as its status says. `told`: answered well, with a
 * body that tells of an error. Both may be usual; of `failed` and `unanswered`, some are.
 */
export type CallEnding = 'fine' | 'told' | 'rejected' | 'failed' | 'unanswered';

/** How a call ended, by the rules of its protocol. */
export function endingOf(call: Call, protocol: string = call.protocol): CallEnding {
  const { status, latency } = call;
  if (status === undefined && latency === undefined) return 'unanswered';
  const kind = status === undefined ? 'ok' : statusKind(protocol, status);
  if (kind === 'server') return 'failed';
  if (kind === 'client') return 'rejected';
  return tellsOfError(call) ? 'told' : 'fine';
}
