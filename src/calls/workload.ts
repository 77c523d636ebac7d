import { type AddressClass, addressClass, isAddress } from './address.ts';
import type { Workload } from './call.ts';
import { podOwner } from './pod-owner.ts';

/** What a record says of one side of a call. */
export interface Sighting {
  readonly service: string | undefined;
  readonly pod: string | undefined;
  readonly namespace: string | undefined;
  readonly node: string | undefined;
  readonly ip: string | undefined;
  /** Host or authority that the request asked for; of the destination only. */
  readonly host: string | undefined;
}

const MAX_NAME = 253;
const MAX_CACHED = 10_000;
const services = new Map<string, Workload>();
const owners = new Map<string, Workload>();
const hosts = new Map<string, Workload>();
const CLUSTER_HOST = /^([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\.|$)/;
const HOST =
  /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

const BY_CLASS: Readonly<Record<AddressClass, Workload>> = {
  outside: { name: 'outside', kind: 'outside' },
  inside: { name: 'inside', kind: 'inside' },
  loopback: { name: 'loopback', kind: 'inside' },
  unknown: { name: 'unknown', kind: 'unknown' },
};

const CLASSES: ReadonlySet<string> = new Set(Object.values(BY_CLASS).map(({ name }) => name));

/** Whether a workload's name says nothing of who it is: a class of addresses, or none. */
export function isNameless(name: string): boolean {
  return name === '' || CLASSES.has(name);
}

/**
 * Who this is, in a name that survives a rollout: the service, else the controller behind the pod,
 * else the host asked for, else the class of the address. The namespace is not part of the name
 * (`orders GET /api`, as in the plain form): `Endpoint.namespace` keeps it for filters, and two
 * workloads of one name in two namespaces share their operations.
 */
export function workloadOf(seen: Sighting): Workload {
  if (seen.service) return cached(services, seen.service, serviceNamed);
  if (seen.pod) {
    const { node } = seen;
    return cached(owners, `${seen.pod} ${node ?? ''}`, () => ({
      name: podOwner((seen.pod as string).slice(0, MAX_NAME), node),
      kind: 'owner',
    }));
  }
  const address = addressClass(seen.ip);
  if (seen.host && address !== 'loopback') {
    const host = cached(hosts, seen.host, hostNamed);
    if (host !== BY_CLASS.unknown) return host;
  }
  return BY_CLASS[address];
}

function serviceNamed(service: string): Workload {
  const name = service.slice(0, MAX_NAME);
  return { name: CLUSTER_HOST.exec(name)?.[1] ?? name, kind: 'service' };
}

function hostNamed(raw: string): Workload {
  const host = raw
    .slice(0, MAX_NAME + 6)
    .trim()
    .toLowerCase()
    .replace(/:\d{1,5}$/, '')
    .replace(/\.$/, '');
  if (host.length > MAX_NAME || isAddress(host) || !HOST.test(host)) return BY_CLASS.unknown;
  const service = CLUSTER_HOST.exec(host)?.[1];
  return service === undefined ? { name: host, kind: 'host' } : { name: service, kind: 'service' };
}

/** One object a name: captures hold millions of endpoints of few workloads. */
function cached(
  cache: Map<string, Workload>,
  key: string,
  make: (key: string) => Workload,
): Workload {
  let workload = cache.get(key);
  if (!workload) {
    if (cache.size >= MAX_CACHED) cache.clear();
    workload = make(key);
    cache.set(key, workload);
  }
  return workload;
}

/** Whether it is known by name or address alone, and no workload of the cluster. */
export function isHost({ kind }: Workload): boolean {
  return kind === 'host' || kind === 'outside';
}
