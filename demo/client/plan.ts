import { catalogue, categories } from '../data/catalogue.ts';
import type { Dataset, User } from '../data/dataset.ts';
import { Random } from '../data/random.ts';

/** One request of the client. */
export interface Visit {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly token?: string;
  readonly body?: unknown;
}

interface Habit {
  /** Share of all requests. */
  readonly share: number;
  readonly visit: (random: Random, data: Dataset, at: number) => Visit;
}

const unknownId = '00000000-0000-4000-8000-000000000000';
const goods = catalogue.filter((product) => product.stock > 0);
const soldOut = catalogue.filter((product) => product.stock === 0);

const habits: readonly Habit[] = [
  {
    share: 0.13,
    visit: (random) => ({
      method: 'GET',
      path: `/api/products?category=${random.pick(categories)}&page=${random.int(1, 3)}`,
    }),
  },
  {
    share: 0.13,
    visit: (random) => ({
      method: 'GET',
      path: `/api/products/${random.chance(0.04) ? 'forgotten-thing' : random.pick(catalogue).slug}`,
    }),
  },
  {
    share: 0.12,
    visit: (random) => ({
      method: 'GET',
      path: `/api/search?q=${random.pick(['amber', 'brisk', 'tent', 'atlas', 'drum', 'ladle'])}`,
    }),
  },
  {
    share: 0.12,
    visit: (random, data) => {
      const cart = random.pick(data.carts);
      const id = random.chance(0.04) ? unknownId : cart.id;
      return { method: 'GET', path: `/api/carts/${id}`, token: tokenOf(random, cart.user) };
    },
  },
  {
    share: 0.06,
    visit: (random, data) => {
      const cart = random.pick(data.carts);
      const product = random.pick(random.chance(0.08) ? soldOut : goods);
      return {
        method: 'POST',
        path: `/api/carts/${cart.id}/items`,
        token: cart.user.token,
        body: {
          sku: product.sku,
          quantity: random.int(1, 5),
          unit_cents: product.priceCents,
        },
      };
    },
  },
  {
    share: 0.12,
    visit: (random, data) => {
      const cart = random.pick(data.carts);
      const card = random.chance(0.06) ? 'tok_declined' : 'tok_visa';
      return {
        method: 'POST',
        path: '/api/orders',
        token: cart.user.token,
        body: {
          cart_id: cart.id,
          card_token: `${card}_${random.word(16)}`,
          shipping: random.pick(['standard', 'express', 'pickup']),
          ...(random.chance(0.3) && { gift_note: 'Happy birthday' }),
        },
      };
    },
  },
  {
    share: 0.13,
    visit: (random, data) => {
      const order = random.pick(data.orders);
      const id = random.chance(0.04) ? 7 : order.id;
      return { method: 'GET', path: `/api/orders/${id}`, token: tokenOf(random, order.user) };
    },
  },
  {
    share: 0.12,
    visit: (random, data) => ({
      method: 'GET',
      path: `/api/orders?limit=${random.pick([5, 10, 20])}`,
      token: tokenOf(random, random.pick(data.users)),
    }),
  },
  {
    share: 0.03,
    visit: (random, data) => ({
      method: 'GET',
      path: '/api/overview',
      token: random.pick(data.users).token,
    }),
  },
  {
    share: 0.02,
    visit: (_random, data, at) => {
      const order = data.orders[at % data.orders.length];
      const token = order?.user.token ?? '';
      return { method: 'POST', path: `/api/orders/${order?.id}/cancel`, token };
    },
  },
  {
    share: 0.02,
    visit: (random) => ({
      method: 'POST',
      path: '/api/auth/login',
      body: {
        email: `guest.${random.word(5)}@mail.example`,
        password: random.chance(0.1) ? 'wrong' : random.word(12),
      },
    }),
  },
];

/** The client's requests in order: how many of each is fixed, which and when comes from the seed. */
export function makePlan(seed: number, requests: number, data: Dataset): Visit[] {
  const random = new Random(seed * 31 + 5);
  const visits = habits.flatMap(({ share, visit }) =>
    Array.from({ length: Math.max(1, Math.round(share * requests)) }, (_, at) =>
      visit(random, data, at),
    ),
  );
  return random.shuffled(visits);
}

/** Now and then a session has run out. Rare things are not so rare that a run may have none of them. */
function tokenOf(random: Random, user: User): string {
  return random.chance(0.04) ? `${user.token.slice(0, -4)}gone` : user.token;
}
