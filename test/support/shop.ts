import { duration, integer, pick, type Random, word } from './random.ts';

/** One deliberate change of the shop's behaviour; each stands for a category of regression. */
export type Regression =
  | 'field-removed'
  | 'new-500'
  | 'slower'
  | 'three-queries'
  | 'missing-call'
  | 'extra-call';

/** The operation whose behaviour each regression changes, in plain form. */
export const REGRESSED: Readonly<Record<Regression, string>> = {
  'field-removed': 'orders GET /api/orders/{int}',
  'new-500': 'payment POST /charges',
  slower: 'inventory GET /api/items',
  'three-queries': 'orders GET /api/orders/{int}',
  'missing-call': 'orders POST /api/orders',
  'extra-call': 'orders POST /api/orders',
};

/** A call that is going to be made, with those that it causes, one after the other. */
export interface Step {
  readonly to: string;
  readonly protocol: string;
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  /** The server's own time, ms. */
  readonly self: number;
  readonly request?: unknown;
  readonly response?: unknown;
  readonly children: readonly Step[];
}

export type Regressions = ReadonlySet<Regression>;
type Operation = (next: Random, regressions: Regressions) => Step;

/** What clients ask of the gateway. */
export const OPERATIONS: readonly Operation[] = [getOrder, postOrder, getItems, getUser];

function getOrder(next: Random, regressions: Regressions): Step {
  const id = integer(next, 1000, 9999);
  const cached = next() < 0.3;
  const queries = cached ? 0 : regressions.has('three-queries') ? 3 : 1;
  const order = {
    id,
    status: pick(next, ['open', 'paid', 'shipped']),
    total: integer(next, 100, 99_999) / 100,
    ...(regressions.has('field-removed') ? {} : { currency: 'EUR' }),
    items: Array.from({ length: integer(next, 1, 4) }, () => ({
      sku: word(next, 6, 'ABCDEF0123456789'),
      quantity: integer(next, 1, 5),
    })),
    note: next() < 0.3 ? null : 'leave at the door',
  };
  return behindGateway('GET', `/api/orders/${id}`, 'orders', 200, {
    self: duration(next, 4),
    response: order,
    children: [
      redis(next, 'GET', `order:${id}`),
      ...Array.from({ length: queries }, () =>
        sql(next, 'SELECT', `SELECT id, status, total FROM orders WHERE id = ${id}`),
      ),
    ],
  });
}

function postOrder(next: Random, regressions: Regressions): Step {
  const id = integer(next, 10_000, 99_999);
  const failed = regressions.has('new-500') && next() < 0.2;
  const item = { sku: word(next, 6, 'ABCDEF0123456789'), quantity: integer(next, 1, 5) };
  const http = (to: string, method: string, path: string, request: unknown, response: unknown) =>
    step(to, 'http', method, path, 200, { self: duration(next, 6), request, response });
  const charge = step('payment', 'http', 'POST', '/charges', failed ? 500 : 201, {
    self: duration(next, 12),
    request: { order: id, amount: 1999, currency: 'EUR' },
    response: failed ? { error: 'internal' } : { id: `ch_${id}`, captured: true },
  });
  return behindGateway('POST', '/api/orders', 'orders', failed ? 502 : 201, {
    self: duration(next, 6),
    request: { items: [item] },
    response: failed ? { error: 'payment failed' } : { id, status: 'open' },
    children: [
      http('inventory', 'POST', '/reservations', item, { reserved: true }),
      charge,
      sql(next, 'INSERT', `INSERT INTO orders (id, total) VALUES (${id}, 1999)`),
      ...(regressions.has('missing-call')
        ? []
        : [http('audit', 'POST', '/events', { kind: 'order', id }, { ok: true })]),
      ...(regressions.has('extra-call')
        ? [http('api.tracker.example', 'POST', '/v1/track', { event: 'order' }, { ok: true })]
        : []),
    ],
  });
}

function getItems(next: Random, regressions: Regressions): Step {
  const page = integer(next, 1, 20);
  return behindGateway('GET', `/api/items?page=${page}`, 'inventory', 200, {
    self: duration(next, 8) + (regressions.has('slower') ? 60 : 0),
    response: {
      page,
      items: Array.from({ length: 5 }, () => ({
        sku: word(next, 6, 'ABCDEF0123456789'),
        stock: integer(next, 0, 100),
        price: integer(next, 100, 9999) / 100,
      })),
    },
    children: [sql(next, 'SELECT', `SELECT sku, stock FROM items LIMIT 5 OFFSET ${page * 5}`)],
  });
}

function getUser(next: Random): Step {
  const id = word(next, 8, '0123456789abcdef');
  const uuid = `${id}-1111-4222-8333-444444444444`;
  const call = step('users', 'grpc', 'POST', '/shop.Users/GetUser', 0, { self: duration(next, 3) });
  return step('gateway', 'http', 'GET', `/api/users/${uuid}`, 200, {
    self: duration(next, 1),
    response: { id: uuid, name: 'Ada', active: true },
    children: [call],
  });
}

type Rest = Pick<Step, 'self'> & Partial<Step>;

function step(
  to: string,
  protocol: string,
  method: string,
  path: string,
  status: number | null,
  rest: Rest,
): Step {
  return { to, protocol, method, path, status, children: [], ...rest };
}

function behindGateway(method: string, path: string, to: string, status: number, rest: Rest): Step {
  const inner = step(to, 'http', method, path, status, rest);
  const { request, response } = rest;
  const body = { ...(request === undefined ? {} : { request }), response };
  return step('gateway', 'http', method, path, status, { self: 1, ...body, children: [inner] });
}

function sql(next: Random, method: string, path: string): Step {
  return step('postgres', 'postgresql', method, path, null, { self: duration(next, 2) });
}

function redis(next: Random, method: string, path: string): Step {
  return step('cache', 'redis', method, path, null, { self: duration(next, 0.5) });
}
