import type { Protocol } from './identity.ts';

export interface Member {
  readonly name: string;
  /** The module that its processes run; the store's process is the director's own. */
  readonly module: string | undefined;
  readonly protocol: Protocol;
  /** The container's port; none where nothing is served. */
  readonly port: number | undefined;
  readonly calls: readonly string[];
  readonly place: 'pod' | 'stateful' | 'node' | 'outside';
}

const http = { protocol: 'http', port: 8080, place: 'pod' } as const;
const services = ['gateway', 'orders', 'inventory', 'payment', 'audit'];

/** Who there is and who may call whom. The client outside calls the gateway. */
export const members: readonly Member[] = [
  {
    name: 'postgres',
    module: undefined,
    protocol: 'postgresql',
    port: 5432,
    calls: [],
    place: 'stateful',
  },
  {
    name: 'cache',
    module: 'store/cache-main.ts',
    protocol: 'redis',
    port: 6379,
    calls: [],
    place: 'stateful',
  },
  {
    ...http,
    name: 'gateway',
    module: 'services/gateway.ts',
    calls: ['orders', 'inventory', 'cache'],
  },
  {
    ...http,
    name: 'orders',
    module: 'services/orders.ts',
    calls: ['inventory', 'payment', 'audit', 'postgres'],
  },
  { ...http, name: 'inventory', module: 'services/inventory.ts', calls: ['postgres', 'cache'] },
  {
    ...http,
    name: 'payment',
    module: 'services/payment.ts',
    calls: ['postgres', 'acquirer.example', 'collector.adtech.example'],
  },
  { ...http, name: 'audit', module: 'services/audit.ts', calls: ['postgres'] },
  {
    ...http,
    name: 'fulfilment',
    module: 'services/fulfilment.ts',
    port: undefined,
    calls: ['postgres'],
  },
  {
    ...http,
    name: 'kubelet',
    module: 'services/probe.ts',
    port: undefined,
    calls: services,
    place: 'node',
  },
  {
    ...http,
    name: 'acquirer.example',
    module: 'services/acquirer.ts',
    port: 443,
    calls: [],
    place: 'outside',
  },
  {
    ...http,
    name: 'collector.adtech.example',
    module: 'services/collector.ts',
    port: 443,
    calls: [],
    place: 'outside',
  },
];
