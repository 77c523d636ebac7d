import type { HttpAnswer } from './outbound.ts';
import type { Asked, Desk, Reply } from './service.ts';
import type { Charge, CheckoutOrder, ItemRow, OrderRow, Reservation } from './shapes.ts';
import { healthy, needed } from './upstream.ts';

const inventory = 'inventory:8080';
const payment = 'payment:8080';
const audit = 'audit:8080';
const serviceToken = 'Bearer svc-orders-9c1f';
const retries = 3;

/** From a cart to a paid order: stock is held, the card charged, the order written, the act audited. */
export async function checkout(
  { body, headers }: Asked<CheckoutOrder>,
  desk: Desk,
): Promise<Reply> {
  const { calls, has, work } = desk;
  await work(1, 3);
  const items = await calls.sql<ItemRow>(
    'SELECT sku, quantity, unit_cents FROM cart_items WHERE cart_id = $1 ORDER BY sku',
    [body.cart_id],
  );
  const total = items.reduce((sum, item) => sum + item.quantity * item.unit_cents, 0);
  const held = await calls.http<Reservation>(inventory, 'POST', '/reservations', {
    body: { cart_id: body.cart_id, items: items.map(({ sku, quantity }) => ({ sku, quantity })) },
  });
  if (held.status !== 201) return refused(held);
  const reservation = needed(held.body.id);
  const charge = await calls.http<Charge>(payment, 'POST', '/charges', {
    headers: { authorization: serviceToken },
    body: { amount_cents: total, currency: 'EUR', card_token: body.card_token },
  });
  if (charge.status !== 201) {
    await calls.http(inventory, 'DELETE', `/reservations/${reservation}`);
    return refused(charge);
  }
  const user = String(headers['x-user-id']);
  const order = await writeOrder(desk, user, body, items, total, needed(charge.body.id));
  const confirm = async () =>
    healthy(await calls.http(inventory, 'POST', `/reservations/${reservation}/confirm`));
  if (has('order-swapped')) {
    await tellAudit(desk, user, order.id);
    await confirm();
  } else {
    await confirm();
    if (!has('audit-dropped')) await tellAudit(desk, user, order.id);
  }
  return {
    status: 201,
    body: {
      id: order.id,
      status: 'paid',
      total: (total / 100).toFixed(2),
      currency: 'EUR',
      charge_id: charge.body.id,
      created_at: order.created_at,
      paid_at: order.paid_at,
    },
  };
}

async function writeOrder(
  { calls }: Desk,
  user: string,
  asked: CheckoutOrder,
  items: readonly ItemRow[],
  total: number,
  charge: string,
): Promise<OrderRow> {
  const shipping = {
    method: asked.shipping,
    address: { street: 'Long Lane 4', city: 'Riverton', postcode: '04510', country: 'NL' },
    estimated_delivery: asked.shipping === 'pickup' ? null : '2026-12-24',
  };
  const [order] = await calls.sql<OrderRow>(
    "WITH placed AS (INSERT INTO orders (user_id, status, total_cents, currency, items, shipping, gift_note, charge_id, paid_at) VALUES ($1, 'paid', $2, 'EUR', $3, $4, $5, $6, now()) RETURNING id, created_at, paid_at), queued AS (INSERT INTO outbox (order_id) SELECT id FROM placed) SELECT id, created_at, paid_at FROM placed",
    [user, total, JSON.stringify(items), JSON.stringify(shipping), asked.gift_note ?? null, charge],
  );
  if (!order) throw new Error('the order was not written');
  return order;
}

/** Tells the audit service; the retry storm takes its 202 for 'not yet' and asks again at once. */
async function tellAudit({ calls, has }: Desk, actor: string, order: number): Promise<void> {
  const body = { kind: 'order.placed', subject: `order:${order}`, actor };
  for (let attempt = 0; attempt <= retries; attempt++) {
    const answer = healthy(await calls.http(audit, 'POST', '/events', { body }));
    if (!has('retry-storm') || answer.status === 201) return;
  }
}

function refused({ status, body }: HttpAnswer): Reply {
  return { status, body };
}
