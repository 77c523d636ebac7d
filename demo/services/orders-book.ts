import type { Asked, Desk, Reply } from './service.ts';
import type { Charge, OrderRow } from './shapes.ts';
import { healthy, needed } from './upstream.ts';

const payment = 'payment:8080';
const audit = 'audit:8080';
const serviceToken = 'Bearer svc-orders-9c1f';
const columns =
  'id, status, total_cents, currency, items, shipping, gift_note, charge_id, created_at, paid_at';

/** One order, with its charge once it is paid. */
export async function showOrder({ params }: Asked, { calls, has, work }: Desk): Promise<Reply> {
  await work(1, 2);
  const [order] = await calls.sql<OrderRow>(`SELECT ${columns} FROM orders WHERE id = $1`, [
    params[0],
  ]);
  if (!order) return noOrder;
  if (has('update-added')) {
    await calls.sql('UPDATE orders SET viewed_at = now() WHERE id = $1', [order.id]);
  }
  const charge =
    order.charge_id &&
    healthy(
      await calls.http<Charge>(payment, 'GET', `/charges/${order.charge_id}`, {
        headers: { authorization: serviceToken },
      }),
    );
  const shown = {
    ...orderBody(order),
    items: order.items,
    shipping: order.shipping,
    ...(order.gift_note && { gift_note: order.gift_note }),
    charge: charge ? { id: needed(charge.body.id), state: charge.body.state } : null,
  };
  if (has('field-lost')) {
    const { currency: _lost, ...rest } = shown;
    return { status: 200, body: rest };
  }
  return { status: 200, body: shown };
}

/** A customer's orders, the latest first. */
export async function listOrders({ query, headers }: Asked, desk: Desk): Promise<Reply> {
  const { calls, has, work } = desk;
  await work(1, 2);
  const rows = await calls.sql<OrderRow>(
    `SELECT ${columns} FROM orders WHERE user_id = $1 ORDER BY created_at DESC LIMIT $2`,
    [headers['x-user-id'], Number(query.get('limit') ?? 10)],
  );
  const orders = rows.map((row) => {
    const order = orderBody(row);
    if (!has('date-format')) return order;
    return { ...order, created_at: row.created_at.toUTCString() };
  });
  return { status: 200, body: { orders, next: null } };
}

/** Cancels an order that has not been shipped: money back, and audited. */
export async function cancelOrder({ params, headers }: Asked, desk: Desk): Promise<Reply> {
  const { calls, work } = desk;
  await work(1, 2);
  const [order] = await calls.sql<OrderRow>(
    "UPDATE orders SET status = 'cancelled' WHERE id = $1 AND status IN ('pending', 'paid') RETURNING id, charge_id",
    [params[0]],
  );
  if (!order) {
    return { status: 409, body: { error: { code: 'too_late', message: 'Already on its way.' } } };
  }
  if (order.charge_id) {
    const ask = {
      headers: { authorization: serviceToken },
      body: { charge_id: order.charge_id },
    };
    healthy(await calls.http(payment, 'POST', '/refunds', ask));
  }
  const body = {
    kind: 'order.cancelled',
    subject: `order:${order.id}`,
    actor: headers['x-user-id'],
  };
  healthy(await calls.http(audit, 'POST', '/events', { body }));
  return { status: 200, body: { id: order.id, status: 'cancelled' } };
}

const noOrder: Reply = {
  status: 404,
  body: { error: { code: 'not_found', message: 'No such order.' } },
};

function orderBody(row: OrderRow) {
  return {
    id: row.id,
    status: row.status,
    total: (row.total_cents / 100).toFixed(2),
    currency: row.currency,
    created_at: row.created_at.toISOString(),
    paid_at: row.paid_at?.toISOString() ?? null,
  };
}
