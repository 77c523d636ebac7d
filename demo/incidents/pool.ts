import { Postgres } from '../cluster/postgres.ts';
import type { Incident } from './incident.ts';

/** What a real database allows each service; inventory's own pool would take more. */
const roles = { orders: 10, inventory: 8, payment: 10, audit: 10, fulfilment: 2 };

/** A real PostgreSQL with a limit on the connections of each service. */
export function limitedPostgres(): Promise<Postgres> {
  return Postgres.start({ maxConnections: 50, roles });
}

/** Inventory leaks connections until the database refuses it any more: users see that checkout fails. */
export const poolExhausted: Incident = {
  name: 'pool',
  story: 'inventory never gives connections back, until the database allows it no more',
  symptom: 'checkout fails',
  origins: [{ service: 'inventory', kinds: ['connections'] }],
  cascade: [
    ['inventory', 'gateway'],
    ['inventory', 'orders'],
    ['orders', 'gateway'],
  ],
  strike: async (shop) => [await shop.strike('inventory', { kind: 'leaking', share: 0.2 })],
};
