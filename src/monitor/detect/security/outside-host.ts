import { addressClass } from '../../../calls/address.ts';
import type { Endpoint } from '../../../calls/call.ts';

/** Last labels of names that are resolved inside of a network only (RFC 6762, ICANN's `internal`). */
const PRIVATE = new Set(
  'local internal cluster svc lan home corp intranet localdomain localhost private'.split(' '),
);

/**
 * The host outside of the cluster that this is, by name or else by address; undefined for all else.
 * A host with a private address is not outside, whatever its name; without an address, its name must
 * be one of the public DNS.
 */
export function outsideHost({ workload, ip }: Endpoint): string | undefined {
  if (workload.kind === 'outside') return ip ?? workload.name;
  if (workload.kind !== 'host') return undefined;
  const address = addressClass(ip);
  if (address === 'outside') return workload.name;
  if (address !== 'unknown') return undefined;
  const last = workload.name.split('.').at(-1) ?? '';
  const isPublic = workload.name.includes('.') && /^[a-z]{2,}$/.test(last) && !PRIVATE.has(last);
  return isPublic ? workload.name : undefined;
}

/** Whether a call is made by a workload of the cluster. */
export function isFromInside({ workload }: Endpoint): boolean {
  return workload.kind === 'service' || workload.kind === 'owner' || workload.kind === 'inside';
}
