/** Who serves or sends in the cluster. */
export interface Workload {
  readonly index: number;
  readonly name: string;
  readonly namespace: string;
  readonly protocol: 'http' | 'grpc' | 'postgresql' | 'redis' | 'kafka' | 'dns';
  readonly port: number;
  /** Pods at the weekday peak; `least` at night. */
  readonly most: number;
  readonly least: number;
  readonly set: 'deployment' | 'stateful' | 'job';
  /** Is asked for its health, and scraped. */
  readonly probed: boolean;
  /** Has no pods, and so no probes, at nights and on weekends. */
  readonly office: boolean;
}

type Row = readonly [name: string, namespace: string, least: number, most: number];

const http: readonly Row[] = [
  ['gateway', 'edge', 2, 4],
  ['storefront', 'shop', 2, 4],
  ['catalog', 'shop', 2, 4],
  ['search', 'shop', 2, 3],
  ['cart', 'shop', 2, 3],
  ['orders', 'shop', 2, 3],
  ['checkout', 'shop', 2, 2],
  ['customers', 'shop', 2, 2],
  ['reviews', 'shop', 1, 2],
  ['recommendations', 'shop', 1, 2],
  ['pricing', 'shop', 2, 3],
  ['media', 'shop', 2, 3],
  ['wishlist', 'shop', 1, 1],
  ['returns', 'shop', 1, 1],
  ['payments', 'pay', 2, 2],
  ['invoices', 'pay', 1, 1],
  ['fraud', 'pay', 1, 2],
  ['tax', 'pay', 1, 1],
  ['auth', 'platform', 2, 3],
  ['notifications', 'platform', 1, 2],
  ['mailer', 'platform', 1, 1],
  ['audit', 'platform', 1, 1],
  ['geo', 'platform', 1, 1],
  ['reports', 'platform', 1, 1],
  ['admin', 'platform', 1, 1],
  ['shipping', 'platform', 1, 2],
  ['feeds', 'platform', 1, 1],
];
const grpc: readonly Row[] = [
  ['inventory', 'shop', 2, 3],
  ['ledger', 'pay', 1, 2],
  ['sessions', 'platform', 2, 2],
  ['flags', 'platform', 1, 1],
];
const stores = [
  ['postgres', 'data', 'postgresql', 5432],
  ['pay-db', 'data', 'postgresql', 5432],
  ['redis', 'data', 'redis', 6379],
  ['kafka', 'data', 'kafka', 9092],
] as const;

const usual = { set: 'deployment', probed: false, office: false } as const;
const served = (protocol: 'http' | 'grpc', port: number, rows: readonly Row[]) =>
  rows.map(([name, namespace, least, most], i) => ({
    ...usual,
    ...{ name, namespace, protocol, port, least, most },
    probed: protocol === 'http' && i % 2 === 0,
  }));
const sender = { ...usual, protocol: 'http', port: 8080, least: 1, most: 1 } as const;

/** Forty workloads in six namespaces. */
export const WORKLOADS: readonly Workload[] = [
  ...served('http', 8080, http),
  ...served('grpc', 9000, grpc),
  ...stores.map(([name, namespace, protocol, port]) => ({
    ...usual,
    ...{ name, namespace, protocol, port, least: 1, most: 1, set: 'stateful' as const },
  })),
  {
    ...usual,
    name: 'kube-dns',
    namespace: 'kube-system',
    protocol: 'dns' as const,
    port: 53,
    least: 2,
    most: 2,
  },
  { ...sender, name: 'dev-portal', namespace: 'platform', probed: true, office: true },
  { ...sender, name: 'order-worker', namespace: 'shop' },
  { ...sender, name: 'nightly-report', namespace: 'platform', set: 'job' as const },
  { ...sender, name: 'prometheus', namespace: 'kube-system' },
].map((workload, index) => ({ ...workload, index }));

/** Hosts outside of the cluster that are called, with their address. */
export const HOSTS: ReadonlyMap<string, string> = new Map([
  ['api.cardnet.example', '198.51.100.10'],
  ['rates.fx.example', '198.51.100.20'],
  ['smtp-api.relay.example', '198.51.100.30'],
  ['track.carrier.example', '198.51.100.40'],
  ['hooks.partner.example', '198.51.100.50'],
  // Called by none but seeded events.
  ['cdn.tracker.example', '203.0.113.61'],
  ['sync.telemetry.example', '203.0.113.62'],
  ['mx.drop.example', '203.0.113.63'],
]);

const byName = new Map(WORKLOADS.map((workload) => [workload.name, workload]));

/** Undefined for a host outside. */
export const workloadNamed = (name: string): Workload | undefined => byName.get(name);
