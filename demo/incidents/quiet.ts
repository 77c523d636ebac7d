import type { Incident } from './incident.ts';

const nothing = async (): Promise<readonly number[]> => [];
const healthy = { origins: [], cascade: [] } as const;

/** Ten times at which nothing is wrong: as it always is, or with a change that does no harm. */
export const quiet: readonly Incident[] = [
  ...Array.from({ length: 4 }, (_, at) => ({
    ...healthy,
    name: `quiet-${at + 1}`,
    story: 'nothing happens',
    strike: nothing,
  })),
  ...[5, 6].map((at) => ({
    ...healthy,
    name: `quiet-${at}-busier`,
    story: 'a fifth more customers come',
    surge: 1.2,
    strike: nothing,
  })),
  ...(['orders', 'inventory'] as const).map((service, at) => ({
    ...healthy,
    name: `quiet-${at + 7}-rollout-${service}`,
    story: `${service} is rolled out, and is as good as before`,
    strike: async (shop: Parameters<Incident['strike']>[0]) => {
      await shop.rollOut(service);
      return [];
    },
  })),
  {
    ...healthy,
    name: 'quiet-9-pods',
    story: 'nothing happens, in several pods',
    options: { variant: 'pods' },
    strike: nothing,
  },
  {
    ...healthy,
    name: 'quiet-10-background',
    story: 'nothing happens, with other background work',
    options: { variant: 'background' },
    strike: nothing,
  },
];
