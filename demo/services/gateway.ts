import type { HttpAnswer } from './outbound.ts';
import { type Asked, type Desk, type Handler, type Reply, route, runService } from './service.ts';

const orders = 'orders:8080';
const inventory = 'inventory:8080';

/** The shop's front door: sessions, and the way to the services behind. */
runService([
  route('POST', '/api/auth/login', login),
  route('GET', '/api/products', (asked, desk) => passOn(desk, asked, 'GET', '/products')),
  route('GET', '/api/products/:', (asked, desk) =>
    passOn(desk, asked, 'GET', `/products/${asked.params[0]}`),
  ),
  route('GET', '/api/search', (asked, desk) => passOn(desk, asked, 'GET', '/search')),
  route(
    'GET',
    '/api/carts/:',
    member('GET', ([id]) => `/carts/${id}`),
  ),
  route(
    'POST',
    '/api/carts/:/items',
    member('POST', ([id]) => `/carts/${id}/items`),
  ),
  route(
    'POST',
    '/api/orders',
    member('POST', () => '/orders'),
  ),
  route(
    'GET',
    '/api/orders',
    member('GET', () => '/orders'),
  ),
  route(
    'GET',
    '/api/orders/:',
    member('GET', ([id]) => `/orders/${id}`),
  ),
  route(
    'POST',
    '/api/orders/:/cancel',
    member('POST', ([id]) => `/orders/${id}/cancel`),
  ),
  route('GET', '/api/overview', overview),
]);

interface Credentials {
  readonly email: string;
  readonly password: string;
}

async function login({ body }: Asked<Credentials>, { calls, random, work }: Desk): Promise<Reply> {
  await work(2, 4);
  if (body.password === 'wrong') {
    return { status: 401, body: { error: { code: 'bad_credentials', message: 'Try again.' } } };
  }
  const token = `eyJhbGciOiJIUzI1NiJ9.${random.word(40)}.${random.word(27)}`;
  const user = { id: random.uuid(), name: 'Guest', email: body.email };
  await calls.cache('SET', `session:${token}`, JSON.stringify(user), 'PX', '3600000');
  const expires = new Date(Date.now() + 3_600_000).toISOString();
  return {
    status: 200,
    body: { token, token_type: 'Bearer', expires_at: expires, user },
    headers: { 'cache-control': 'no-store' },
  };
}

async function passOn(desk: Desk, asked: Asked, method: string, path: string): Promise<Reply> {
  await desk.work(0, 1);
  const query = asked.query.size > 0 ? `?${asked.query}` : '';
  return relay(await desk.calls.http(inventory, method, path + query));
}

/** A route for signed-in customers, served by the orders service. */
function member(method: string, path: (params: readonly string[]) => string): Handler {
  return async (asked, desk) => {
    const session = await findSession(asked, desk);
    if (!session) return unauthorised;
    const query = asked.query.size > 0 ? `?${asked.query}` : '';
    const ask = { headers: session.headers, body: asked.body };
    return relay(await desk.calls.http(orders, method, path(asked.params) + query, ask));
  };
}

async function overview(asked: Asked, desk: Desk): Promise<Reply> {
  const session = await findSession(asked, desk);
  if (!session) return unauthorised;
  const { headers } = session;
  const recent = () =>
    desk.calls.http<{ orders: unknown[] }>(orders, 'GET', '/orders?limit=3', { headers });
  const goods = () =>
    desk.calls.http<{ products: unknown[] }>(inventory, 'GET', '/products?category=music&page=1');
  const [latest, music] = desk.has('parallel')
    ? await Promise.all([recent(), goods()])
    : [await recent(), await goods()];
  return {
    status: 200,
    body: { orders: latest.body.orders, suggestions: music.body.products.slice(0, 4) },
  };
}

const unauthorised: Reply = {
  status: 401,
  body: { error: { code: 'unauthorised', message: 'Sign in first.' } },
};

async function findSession(asked: Asked, { calls, has }: Desk) {
  const authorization = asked.headers.authorization ?? '';
  const found = await calls.cache('GET', `session:${authorization.replace('Bearer ', '')}`);
  if (found === null) return undefined;
  const headers: Record<string, string> = { 'x-user-id': JSON.parse(found).id };
  if (!has('auth-lost')) headers.authorization = authorization;
  return { headers };
}

function relay({ status, headers, body }: HttpAnswer): Reply {
  const control = headers['cache-control'];
  return { status, body, ...(control && { headers: { 'cache-control': control } }) };
}
