import { catalogue, type Product } from './catalogue.ts';
import { Random } from './random.ts';

export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly token: string;
}

export interface CartItem {
  readonly product: Product;
  readonly quantity: number;
}

export interface Cart {
  readonly id: string;
  readonly user: User;
  readonly coupon: string | null;
  readonly items: readonly CartItem[];
}

export const orderStatuses = ['pending', 'paid', 'shipped', 'delivered', 'cancelled'] as const;
export type OrderStatus = (typeof orderStatuses)[number];

export interface Order {
  readonly id: number;
  readonly user: User;
  readonly status: OrderStatus;
  readonly items: readonly CartItem[];
  readonly method: 'standard' | 'express' | 'pickup';
  readonly giftNote: string | null;
  /** Null until paid. */
  readonly chargeId: string | null;
  readonly createdAt: string;
}

export interface Dataset {
  readonly users: readonly User[];
  readonly carts: readonly Cart[];
  readonly orders: readonly Order[];
}

const firstNames = ['Ada', 'Bo', 'Cleo', 'Dan', 'Eva', 'Finn', 'Gus', 'Hana', 'Ivo', 'June'];
const lastNames = ['Moss', 'Reed', 'Stone', 'Vale', 'Wood'];
const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** What a rollout's database holds at first: ids, users, carts and orders all drawn from the seed. */
export function makeDataset(seed: number): Dataset {
  const random = new Random(seed * 7919 + 17);
  const users = Array.from({ length: 40 }, () => makeUser(random));
  const carts = Array.from({ length: 300 }, (_, at) => ({
    id: random.uuid(),
    user: random.pick(users),
    coupon: random.chance(0.2) ? random.pick(['SPRING5', 'WELCOME', 'LOYAL10']) : null,
    items: makeItems(random, at % 25 === 0),
  }));
  const firstId = random.int(10_000, 90_000);
  const orders = Array.from({ length: 320 }, (_, at) => makeOrder(random, users, firstId + at));
  return { users, carts, orders };
}

function makeUser(random: Random): User {
  const first = random.pick(firstNames);
  const last = random.pick(lastNames);
  return {
    id: random.uuid(),
    name: `${first} ${last}`,
    email: `${first}.${last}.${random.word(4)}@mail.example`.toLowerCase(),
    token: `eyJhbGciOiJIUzI1NiJ9.${random.word(40, base64url)}.${random.word(27, base64url)}`,
  };
}

function makeItems(random: Random, withSoldOut: boolean): CartItem[] {
  return Array.from({ length: random.int(1, 3) }, (_, at) => ({
    product: pickProduct(random, withSoldOut && at === 0),
    quantity: random.int(1, 4),
  }));
}

function pickProduct(random: Random, soldOut: boolean): Product {
  return random.pick(catalogue.filter((product) => (product.stock === 0) === soldOut));
}

function makeOrder(random: Random, users: readonly User[], id: number): Order {
  const status = random.pick(orderStatuses);
  return {
    id,
    user: random.pick(users),
    status,
    items: makeItems(random, false),
    method: random.pick(['standard', 'standard', 'express', 'pickup']),
    giftNote: random.chance(0.25) ? 'With love' : null,
    chargeId: status === 'pending' ? null : random.uuid(),
    createdAt: new Date(Date.UTC(2026, 0, 1) + random.int(0, 250 * 86_400_000)).toISOString(),
  };
}
