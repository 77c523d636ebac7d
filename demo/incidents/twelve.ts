import type { Incident, TroubledEdge } from './incident.ts';

const checkout: TroubledEdge = ['orders', 'gateway'];
const throughPayment: readonly TroubledEdge[] = [['payment', 'orders'], checkout];
const throughInventory: readonly TroubledEdge[] = [
  ['inventory', 'gateway'],
  ['inventory', 'orders'],
  checkout,
];
const throughAudit: readonly TroubledEdge[] = [['audit', 'orders'], checkout];
const slow = { kind: 'slow', low: 90, high: 160 } as const;

/** One of each kind of trouble that a cluster knows. */
export const twelve: readonly Incident[] = [
  {
    name: 'slow',
    story: 'inventory takes about 120 ms longer for everything',
    symptom: 'the shop is slow',
    origins: [{ service: 'inventory', kinds: ['slow'] }],
    cascade: throughInventory,
    strike: async (shop) => [await shop.strike('inventory', slow)],
  },
  {
    name: 'failing',
    story: 'payment answers 500 to everything',
    symptom: 'checkout fails',
    origins: [{ service: 'payment', kinds: ['failing'] }],
    cascade: throughPayment,
    strike: async (shop) => [await shop.strike('payment', { kind: 'failing', share: 1 })],
  },
  {
    name: 'refusing',
    story: 'audit takes no more connections, and checkout needs it',
    symptom: 'checkout fails',
    origins: [{ service: 'audit', kinds: ['unreachable'] }],
    cascade: throughAudit,
    unseen: [['audit', 'orders']],
    strike: async (shop) => [await shop.strike('audit', { kind: 'refusing' })],
  },
  {
    name: 'leaking',
    story: 'inventory never gives a share of its connections to the store back, until none is left',
    symptom: 'checkout fails',
    origins: [{ service: 'inventory', kinds: ['connections'] }],
    cascade: throughInventory,
    strike: async (shop) => [await shop.strike('inventory', { kind: 'leaking', share: 0.1 })],
  },
  {
    name: 'payload',
    story: 'payment answers 200 with its fields inside another object, which orders can not use',
    symptom: 'checkout fails',
    origins: [{ service: 'payment', kinds: ['payload', 'failing'] }],
    cascade: throughPayment,
    strike: async (shop) => [await shop.strike('payment', { kind: 'payload' })],
  },
  {
    name: 'slow-store',
    story: 'the store answers 30 ms later',
    symptom: 'the shop is slow',
    origins: [{ service: 'postgres', kinds: ['slow', 'network'] }],
    cascade: [
      ['postgres', 'orders'],
      ['postgres', 'inventory'],
      ['postgres', 'payment'],
      ['postgres', 'audit'],
      ['audit', 'orders'],
      ['payment', 'orders'],
      ...throughInventory,
    ],
    strike: async (shop) => [await shop.strike('postgres', { kind: 'slow', low: 30, high: 30 })],
  },
  {
    name: 'outside',
    story: 'the acquirer, outside the cluster, takes requests and never answers',
    symptom: 'checkout fails',
    origins: [{ service: 'acquirer.example', kinds: ['unreachable', 'network', 'slow'] }],
    cascade: [['acquirer.example', 'payment'], ...throughPayment],
    strike: async (shop) => [await shop.strike('acquirer.example', { kind: 'silent' })],
  },
  {
    name: 'deployment',
    story: 'orders is rolled out, and its new pod answers 500 to half of the requests',
    symptom: 'orders and carts fail',
    origins: [{ service: 'orders', kinds: ['failing'] }],
    cascade: [checkout],
    strike: async (shop) => [await shop.rollOut('orders', { kind: 'failing', share: 0.5 })],
  },
  {
    name: 'surge',
    story: 'four times as many customers come; all is slower, and nobody is to blame',
    symptom: 'the shop is slow',
    origins: [],
    cascade: [],
    surge: 4,
    strike: async () => [],
  },
  {
    name: 'two',
    story: 'audit becomes slow, and the search of inventory fails',
    symptom: 'the shop does not work',
    origins: [
      { service: 'inventory', operation: 'GET /search', kinds: ['failing'] },
      { service: 'audit', kinds: ['slow'] },
    ],
    cascade: [['inventory', 'gateway'], ...throughAudit],
    strike: (shop) =>
      Promise.all([
        shop.strike('inventory', { kind: 'failing', share: 1, path: '/search' }),
        shop.strike('audit', { ...slow, low: 200, high: 300 }),
      ]),
  },
  {
    name: 'retries',
    story: 'payment becomes slower than its callers wait, and they ask again and again',
    symptom: 'checkout fails',
    options: { variant: 'impatient' },
    origins: [{ service: 'payment', kinds: ['slow'] }],
    cascade: throughPayment,
    strike: async (shop) => [await shop.strike('payment', { kind: 'slow', low: 400, high: 600 })],
  },
  {
    name: 'cache-down',
    story: 'the cache ends its connections and takes no more',
    symptom: 'nobody can sign in',
    origins: [{ service: 'cache', kinds: ['unreachable'] }],
    cascade: [
      ['cache', 'gateway'],
      ['cache', 'inventory'],
      ['inventory', 'gateway'],
    ],
    unseen: [
      ['cache', 'gateway'],
      ['cache', 'inventory'],
    ],
    strike: async (shop) => [await shop.strike('cache', { kind: 'refusing' })],
  },
];
