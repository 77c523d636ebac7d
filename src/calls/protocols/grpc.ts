import type { Call } from '../call.ts';
import { redactAddress } from '../redact.ts';
import { redactedName } from '../redacted-name.ts';
import { fixed } from '../segment.ts';
import type { Protocol } from './protocol.ts';

const writes =
  /^(?:Create|Add|Insert|Put|Post|Set|Update|Upsert|Patch|Edit|Modify|Change|Replace|Delete|Remove|Clear|Empty|Drop|Purge|Cancel|Place|Submit|Charge|Refund|Pay|Reserve|Book|Ship|Send|Publish|Emit|Write|Save|Store|Upload|Register|Unregister|Enable|Disable|Start|Stop|Move|Rename|Import|Grant|Revoke|Approve|Reject|Commit|Rollback|Apply|Assign)(?![a-z])/;

/** gRPC and gRPC-Web over HTTP, by content type. */
export function isGrpc(call: Call): boolean {
  return call.requestHeaders.get('content-type')?.startsWith('application/grpc') ?? false;
}

/**
 * gRPC: `/package.Service/Method`, always POST. A method is a mutation when its name begins with a
 * verb that writes; gRPC itself doesn't say.
 */
export const grpc: Protocol = (call) => {
  const names = redactAddress(call.path.slice(0, 512))
    .replace(/[?#].*$/s, '')
    .split('/')
    .filter(Boolean);
  const bounded = names.slice(-2);
  const name = bounded.at(-1) ?? '';
  const segments = bounded.map((part) => fixed(redactedName(part).replace(/[^\w.$-]/g, '_')));
  return { method: 'POST', separator: '/', segments, mutation: writes.test(name) };
};
