import type { Fault } from './fault.ts';
import type { Incident, TroubledEdge } from './incident.ts';

const checkout: TroubledEdge = ['orders', 'gateway'];

/** How the trouble of each service reaches the gateway. */
const cascades: Readonly<Record<string, readonly TroubledEdge[]>> = {
  gateway: [],
  orders: [checkout],
  inventory: [['inventory', 'gateway'], ['inventory', 'orders'], checkout],
  payment: [['payment', 'orders'], checkout],
  audit: [['audit', 'orders'], checkout],
};

interface Kind {
  readonly fault: Fault;
  readonly kinds: readonly string[];
  readonly of: readonly string[];
}

/** A refused gateway makes no call at all; only some answers are used by who gets them. */
const kinds: readonly Kind[] = [
  {
    fault: { kind: 'slow', low: 90, high: 160 },
    kinds: ['slow'],
    of: ['gateway', 'orders', 'payment', 'audit'],
  },
  {
    fault: { kind: 'failing', share: 1 },
    kinds: ['failing'],
    of: ['gateway', 'orders', 'inventory', 'audit'],
  },
  {
    fault: { kind: 'failing', share: 0.3 },
    kinds: ['failing'],
    of: ['inventory', 'payment'],
  },
  { fault: { kind: 'refusing' }, kinds: ['unreachable'], of: ['orders', 'inventory', 'payment'] },
  {
    fault: { kind: 'leaking', share: 0.2 },
    kinds: ['connections'],
    of: ['orders', 'payment', 'audit'],
  },
  { fault: { kind: 'payload' }, kinds: ['payload', 'failing'], of: ['inventory'] },
];

/** Every further service with each kind of trouble that can be seen of it. */
export const matrix: readonly Incident[] = kinds.flatMap(({ fault, kinds, of }) =>
  of.map((service) => {
    const cascade = cascades[service] ?? [];
    const part = fault.kind === 'failing' && fault.share < 1 ? 'partly-' : '';
    return {
      name: `${service}-${part}${fault.kind}`,
      story: `${service}: ${fault.kind}`,
      origins: [{ service, kinds }],
      cascade,
      unseen: fault.kind === 'refusing' ? cascade.filter(([callee]) => callee === service) : [],
      strike: async (shop) => [await shop.strike(service, fault)],
    } satisfies Incident;
  }),
);
