import type { Shape } from './time.ts';

/** Calls that nothing in the cluster caused: people, timers, peers. */
export interface Entry {
  readonly operation: string;
  /** Who makes them: a workload, or people and peers outside, or the node's own agent. */
  readonly from: string;
  /** In five minutes at the weekday peak. */
  readonly rate: number;
  readonly shape: Shape;
  /** Grows from nothing to `rate` between two days after the beginning. */
  readonly grows?: readonly [from: number, to: number];
}

const people = (operation: string, peak: number): Entry => ({
  ...{ operation, rate: 0.85 * peak },
  from: 'outside',
  shape: 'people',
});

export const ENTRIES: readonly Entry[] = [
  people('gateway GET /', 27),
  people('gateway GET /products/{id}', 45),
  people('gateway GET /search', 26),
  people('gateway GET /media/{id}', 24),
  people('gateway GET /cart', 30),
  people('gateway POST /cart/lines', 14),
  people('gateway POST /checkout', 6),
  people('gateway GET /orders', 8),
  people('gateway GET /orders/{id}', 9),
  people('gateway GET /account', 9),
  people('gateway PUT /account', 1.5),
  people('gateway POST /login', 8),
  people('gateway POST /reviews', 2),
  people('gateway GET /wishlist', 4),
  people('gateway POST /returns', 3),
  people('gateway GET /robots.txt', 0.5),
  { operation: 'gateway POST /hooks/carrier', from: 'outside', rate: 3, shape: 'flat' },
  // A tenant that comes on the third day and has grown to this two weeks after.
  {
    operation: 'gateway GET /feed/{id}',
    from: 'outside',
    rate: 14,
    shape: 'people',
    grows: [2, 16],
  },
  // A rollout brings an operation that nobody knew.
  {
    operation: 'catalog GET /products/{id}/similar',
    from: 'storefront',
    rate: 6,
    shape: 'people',
    grows: [9.4, 9.41],
  },
  { operation: 'admin GET /admin/orders', from: 'dev-portal', rate: 3, shape: 'office' },
  { operation: 'admin POST /admin/refunds', from: 'dev-portal', rate: 0.5, shape: 'office' },
  { operation: 'dev-portal GET /docs/{id}', from: 'outside', rate: 12, shape: 'office' },
  { operation: 'dev-portal POST /try', from: 'outside', rate: 4, shape: 'office' },
  { operation: 'reports GET /reports/{id}', from: 'admin', rate: 2, shape: 'office' },
  { operation: 'reports POST /reports/daily', from: 'nightly-report', rate: 4, shape: 'night' },
  {
    operation: 'ledger POST /ledger.Ledger/Balance',
    from: 'nightly-report',
    rate: 12,
    shape: 'night',
  },
  { operation: 'payments GET /payments/{id}', from: 'invoices', rate: 3, shape: 'people' },
  { operation: 'invoices GET /invoices/{id}', from: 'admin', rate: 1, shape: 'office' },
  { operation: 'pricing POST /quotes', from: 'feeds', rate: 3, shape: 'flat' },
  { operation: 'notifications GET /messages/{id}', from: 'storefront', rate: 6, shape: 'people' },
  { operation: 'hooks.partner.example POST /orders', from: 'shipping', rate: 2, shape: 'people' },
  { operation: 'auth GET /keys', from: 'gateway', rate: 2, shape: 'flat' },
  { operation: 'kafka FETCH orders', from: 'order-worker', rate: 10, shape: 'flat' },
  {
    operation: 'kube-dns A postgres.data.svc.cluster.local',
    from: 'orders',
    rate: 4,
    shape: 'flat',
  },
  { operation: 'kube-dns A redis.data.svc.cluster.local', from: 'catalog', rate: 4, shape: 'flat' },
];

/** Between two health checks of a pod, and between two scrapes. */
export const PROBE_EVERY = 180_000;
export const SCRAPE_EVERY = 300_000;
