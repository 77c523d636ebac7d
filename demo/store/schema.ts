import { catalogue } from '../data/catalogue.ts';
import type { CartItem, Dataset } from '../data/dataset.ts';

const tables = `
CREATE TABLE products (
  id int PRIMARY KEY, sku text UNIQUE, slug text UNIQUE, name text, description text,
  category text, price_cents int, discount_percent int, stock int, rating float4, tags jsonb,
  updated_at timestamptz DEFAULT '2026-09-01T08:00:00Z');
CREATE TABLE carts (
  id uuid PRIMARY KEY, user_id uuid, coupon text, expires_at timestamptz,
  updated_at timestamptz DEFAULT now());
CREATE TABLE cart_items (
  cart_id uuid, sku text, quantity int, unit_cents int, PRIMARY KEY (cart_id, sku));
CREATE TABLE orders (
  id serial PRIMARY KEY, user_id uuid, status text, total_cents int, currency text,
  items jsonb, shipping jsonb, gift_note text, charge_id uuid, created_at timestamptz DEFAULT now(),
  paid_at timestamptz, viewed_at timestamptz);
CREATE INDEX orders_of_user ON orders (user_id);
CREATE TABLE reservations (
  id uuid PRIMARY KEY, cart_id uuid, sku text, quantity int, state text DEFAULT 'held',
  created_at timestamptz DEFAULT now());
CREATE TABLE charges (
  id uuid PRIMARY KEY, amount_cents int, currency text, card text, state text,
  created_at timestamptz DEFAULT now());
CREATE TABLE audit_events (
  id serial PRIMARY KEY, kind text, subject text, actor uuid, at timestamptz DEFAULT now());
CREATE TABLE outbox (order_id int PRIMARY KEY, queued_at timestamptz DEFAULT now());
`;

/** The SQL that makes a rollout's database, its data included. */
export function databaseSql({ carts, orders }: Dataset): string {
  return [
    tables,
    insert(
      'products (id, sku, slug, name, description, category, price_cents, discount_percent, stock, rating, tags)',
      catalogue.map((p) => [
        p.id,
        p.sku,
        p.slug,
        p.name,
        p.description,
        p.category,
        p.priceCents,
        p.discountPercent,
        p.stock,
        p.rating,
        JSON.stringify(p.tags),
      ]),
    ),
    insert(
      'carts (id, user_id, coupon, expires_at)',
      carts.map((cart) => [cart.id, cart.user.id, cart.coupon, '2027-01-01T00:00:00Z']),
    ),
    insert(
      'cart_items (cart_id, sku, quantity, unit_cents)',
      carts.flatMap((cart) =>
        [...new Map(cart.items.map((item) => [item.product.sku, item])).values()].map((item) => [
          cart.id,
          item.product.sku,
          item.quantity,
          item.product.priceCents,
        ]),
      ),
    ),
    insert(
      'orders (id, user_id, status, total_cents, currency, items, shipping, gift_note, charge_id, created_at, paid_at)',
      orders.map((order) => [
        order.id,
        order.user.id,
        order.status,
        totalCents(order.items),
        'EUR',
        JSON.stringify(order.items.map(orderLine)),
        JSON.stringify(shippingOf(order.method)),
        order.giftNote,
        order.chargeId,
        order.createdAt,
        order.chargeId && order.createdAt,
      ]),
    ),
    insert(
      'charges (id, amount_cents, currency, card, state)',
      orders
        .filter((order) => order.chargeId)
        .map((order) => [order.chargeId, totalCents(order.items), 'EUR', '4242', 'captured']),
    ),
    `SELECT setval('orders_id_seq', ${Math.max(...orders.map((order) => order.id)) + 1000});`,
    'ANALYZE;',
  ].join('\n');
}

function orderLine({ product, quantity }: CartItem) {
  return { sku: product.sku, quantity, unit_cents: product.priceCents };
}

function shippingOf(method: string) {
  return {
    method,
    address: { street: 'Long Lane 4', city: 'Riverton', postcode: '04510', country: 'NL' },
    estimated_delivery: method === 'pickup' ? null : '2026-12-24',
  };
}

function totalCents(items: readonly CartItem[]): number {
  return items.reduce((sum, { product, quantity }) => sum + product.priceCents * quantity, 0);
}

type Value = string | number | null;

function insert(into: string, rows: readonly (readonly Value[])[]): string {
  const literal = (value: Value) =>
    typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value ?? 'NULL');
  const tuples = rows.map((row) => `(${row.map(literal).join(', ')})`);
  return `INSERT INTO ${into} VALUES\n${tuples.join(',\n')};`;
}
