import type { Asked, Desk, Reply } from './service.ts';
import type { CartRow, ItemRow } from './shapes.ts';
import { needed } from './upstream.ts';

const inventory = 'inventory:8080';

/** A cart with its items, in one query; version 2 takes three. */
export async function showCart({ params }: Asked, { calls, has, work }: Desk): Promise<Reply> {
  await work(1, 3);
  const [id] = params;
  if (has('three-queries')) {
    const [cart] = await calls.sql<CartRow>(
      'SELECT id, coupon, updated_at FROM carts WHERE id = $1',
      [id],
    );
    if (!cart) return noCart;
    const items = await calls.sql<ItemRow>(
      'SELECT sku, quantity, unit_cents FROM cart_items WHERE cart_id = $1 ORDER BY sku',
      [id],
    );
    const [sum] = await calls.sql<{ total_cents: number }>(
      'SELECT sum(quantity * unit_cents)::int AS total_cents FROM cart_items WHERE cart_id = $1',
      [id],
    );
    return { status: 200, body: cartBody({ ...cart, items, total_cents: sum?.total_cents ?? 0 }) };
  }
  const [cart] = await calls.sql<CartRow>(
    "SELECT c.id, c.coupon, c.updated_at, sum(i.quantity * i.unit_cents)::int AS total_cents, json_agg(json_build_object('sku', i.sku, 'quantity', i.quantity, 'unit_cents', i.unit_cents) ORDER BY i.sku) AS items FROM carts c JOIN cart_items i ON i.cart_id = c.id WHERE c.id = $1 GROUP BY c.id",
    [id],
  );
  return cart ? { status: 200, body: cartBody(cart) } : noCart;
}

/** Kept where another request finds it. */
let lastAsked: string | undefined;

/** Puts goods into a cart once the inventory has them. */
export async function addItem(
  { params, body }: Asked<ItemRow>,
  { calls, has, work }: Desk,
): Promise<Reply> {
  await work(1, 2);
  const sku = has('wrong-parameter') ? (lastAsked ?? body.sku) : body.sku;
  lastAsked = body.sku;
  const stock = await calls.http<{ availability: string }>(inventory, 'GET', `/stock/${sku}`);
  if (stock.status !== 200) return { status: stock.status, body: stock.body };
  if (needed(stock.body.availability) === 'sold_out') {
    return { status: 409, body: { error: { code: 'sold_out', message: 'Sold out.' } } };
  }
  const [item] = await calls.sql<ItemRow>(
    'INSERT INTO cart_items (cart_id, sku, quantity, unit_cents) VALUES ($1, $2, $3, $4) ON CONFLICT (cart_id, sku) DO UPDATE SET quantity = $3 RETURNING sku, quantity, unit_cents',
    [params[0], body.sku, body.quantity, body.unit_cents],
  );
  return { status: 201, body: { cart_id: params[0], item } };
}

const noCart: Reply = {
  status: 404,
  body: { error: { code: 'not_found', message: 'No such cart.' } },
};

function cartBody(cart: CartRow) {
  return {
    id: cart.id,
    coupon: cart.coupon,
    currency: 'EUR',
    total: (cart.total_cents / 100).toFixed(2),
    items: cart.items,
    updated_at: cart.updated_at.toISOString(),
  };
}
