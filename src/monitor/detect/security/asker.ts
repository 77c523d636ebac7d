import { addressClass } from '../../../calls/address.ts';
import type { Call } from '../../../calls/call.ts';
import type { Subject } from '../../subject.ts';

type Asker = Pick<Subject, 'workload' | 'detail'>;

/** Names that stand for many senders: each address is one of its own. */
const MANY = new Set(['outside', 'inside', 'unknown']);
const MAX_HEADER = 1024;
const PORT = /^\[?([\d.]{7,15}|[\da-f:.]{2,45})\]?(?::\d{1,5})?$/i;

/** Who calls: a workload, or an address where the name stands for many. */
export function askerOf(call: Call): Asker {
  const { name, kind } = call.src.workload;
  if (!MANY.has(kind) || call.src.ip === undefined) return { workload: name };
  return { workload: name, detail: clientBehind(call) ?? call.src.ip };
}

/** The address that calls where it says for whom: a load balancer, or one who makes that up. */
export function proxyOf(call: Call): Asker | undefined {
  const { workload, ip } = call.src;
  if (ip === undefined || !MANY.has(workload.kind) || !clientBehind(call)) return undefined;
  return { workload: workload.name, detail: ip };
}

/** The same in words, and as a key. */
export function askerName({ workload, detail }: Asker): string {
  if (detail === undefined) return workload;
  return `${detail} (${isProxied({ workload, detail }) ? 'behind a proxy' : workload})`;
}

/** Whether somebody was told of by a proxy. */
export function isProxied({ workload, caller = workload, detail }: Subject): boolean {
  return caller === 'inside' && addressClass(detail) === 'outside';
}

/**
 * For whom a proxy without a name calls. The last public address: each proxy adds the one that it saw,
 * what stands before it the client may have made up.
 */
function clientBehind({ src, requestHeaders }: Call): string | undefined {
  if (src.workload.kind !== 'inside') return undefined;
  const chain = requestHeaders.get('x-forwarded-for')?.slice(-MAX_HEADER).split(',') ?? [];
  return chain
    .map((entry) => PORT.exec(entry.trim())?.[1])
    .findLast((address) => addressClass(address) === 'outside');
}
