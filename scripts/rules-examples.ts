import type { Example, Handled, Made } from './rules-calls.ts';

type Each = (i: number) => unknown;

const response =
  (body: Each) =>
  (i: number): Handled => ({ response: body(i) });
/** Twenty things are asked for in turn. */
const thing =
  (body: Each) =>
  (i: number): Handled => ({ path: `/products/${i % 20}`, response: body(i % 20) });
const request =
  (body: Each) =>
  (i: number): Handled => ({ request: body(i), status: '201' });
const makes =
  (calls: (i: number) => readonly Made[]) =>
  (i: number): Handled => ({ request: { amount: 5 }, status: '201', makes: calls(i) });

const state = (i: number) => ['open', 'paid', 'shipped'][i % 3];
const instant = (i: number) => new Date(1_767_000_000_000 + i * 12_345_678).toISOString();
const order = (i: number) => ({ id: 1000 + i, total: i });

const listed = (page: number): Made => ({
  to: 'ledger',
  method: 'GET',
  path: `/entries?page=${page}`,
});
const stock: Made = { to: 'inventory', method: 'GET', path: '/stock' };
const charge: Made = { to: 'payment', method: 'POST', path: '/charges' };
const audit: Made = { to: 'audit', method: 'POST', path: '/events' };
const track: Made = { to: 'api.tracker.example', method: 'POST', path: '/v1/track' };
const rates: Made = { to: 'inventory', method: 'GET', path: '/prices' };
const query: Made = {
  to: 'db',
  protocol: 'postgresql',
  method: 'SELECT',
  path: 'SELECT id, total FROM orders WHERE id = 7',
};
const accept = { accept: 'application/json' };
const withToken: Made = { ...charge, headers: { ...accept, authorization: 'Bearer token' } };

/** A charge that fails until the last of these times (ms), in every third handled call. */
const retried =
  (...times: readonly number[]) =>
  (i: number): readonly Made[] =>
    i % 3
      ? [charge]
      : times.map((at, k) => ({ ...charge, at, status: times[k + 1] ? '503' : '200' }));

/** An example for every rule. */
export const EXAMPLES: readonly Example[] = [
  {
    rule: 'schema.field-removed',
    baseline: response((i) => ({ id: i, currency: 'EUR' })),
    candidate: response((i) => ({ id: i })),
  },
  {
    rule: 'schema.field-added',
    baseline: request((i) => ({ total: i })),
    candidate: request((i) => ({ total: i, region: 'eu' })),
  },
  {
    rule: 'schema.became-optional',
    baseline: response(order),
    candidate: response((i) => (i % 3 ? order(i) : { id: 1000 + i })),
  },
  {
    rule: 'schema.became-required',
    baseline: request((i) => (i % 2 ? { total: i } : { total: i, tenant: i })),
    candidate: request((i) => ({ total: i, tenant: i })),
  },
  {
    rule: 'schema.type-changed',
    baseline: response(order),
    candidate: response((i) => ({ ...order(i), id: String(1000 + i) })),
  },
  {
    rule: 'schema.type-narrowed',
    baseline: response((i) => ({ ref: i % 2 ? 'none' : i })),
    candidate: response((i) => ({ ref: i })),
  },
  {
    rule: 'schema.became-nullable',
    baseline: response((i) => ({ owner: i })),
    candidate: response((i) => ({ owner: i % 3 ? i : null })),
  },
  {
    rule: 'schema.became-non-nullable',
    baseline: response((i) => ({ owner: i % 2 ? null : i })),
    candidate: response((i) => ({ owner: i })),
  },
  {
    rule: 'schema.enum-value-added',
    baseline: response((i) => ({ status: state(i) })),
    candidate: response((i) => ({ status: i % 3 ? state(i) : 'void' })),
  },
  {
    rule: 'schema.enum-value-removed',
    baseline: response((i) => ({ status: state(i) })),
    candidate: response((i) => ({ status: state(1 + (i % 2)) })),
  },
  {
    rule: 'schema.format-changed',
    baseline: response((i) => ({ at: instant(i) })),
    candidate: response((i) => ({ at: instant(i).replace('T', ' ').replace('Z', '') })),
  },
  {
    rule: 'schema.unmasked',
    baseline: response((i) => ({ card: `**** ${1000 + i}` })),
    candidate: response((i) => ({ card: `5555 5555 5555 ${1000 + i}` })),
  },
  {
    rule: 'schema.secret-added',
    baseline: response((i) => ({ id: i, name: `user ${i}` })),
    candidate: response((i) => ({ id: i, name: `user ${i}`, passwordHash: `5f4dcc3b${1000 + i}` })),
  },
  {
    rule: 'schema.array-emptied',
    baseline: response((i) => ({ rows: [{ id: i }] })),
    candidate: response(() => ({ rows: [] })),
  },
  {
    rule: 'schema.value-emptied',
    baseline: response((i) => ({ title: `order ${i}` })),
    candidate: response(() => ({ title: '' })),
  },
  {
    rule: 'schema.answers-changed',
    baseline: thing((i) => ({ sku: `s${7 * i}`, price: 1000 + 50 * i })),
    candidate: thing((i) => ({ sku: `s${7 * i}`, price: 1200 + 60 * i })),
  },
  {
    rule: 'schema.value-constant',
    baseline: response((i) => ({ id: 1000 + i, email: `user${i}@shop.example` })),
    candidate: response((i) => ({ id: 1000 + i, email: 'nobody@shop.example' })),
  },
  {
    rule: 'schema.flag-flipped',
    baseline: response((i) => ({ id: i, available: true })),
    candidate: response((i) => ({ id: i, available: false })),
  },
  {
    rule: 'schema.id-mismatched',
    baseline: response(order),
    candidate: response((i) => order(i - (i % 2))),
  },
  {
    rule: 'schema.order-changed',
    baseline: response((i) => [i, i + 1, i + 5].map((id) => ({ id }))),
    candidate: response((i) => [i + 1, i + 5, i].map((id) => ({ id }))),
  },
  {
    rule: 'schema.items-repeated',
    baseline: response((i) => [i, i + 1, i + 5].map((id) => ({ id }))),
    candidate: response((i) => [i, i, i + 1, i + 5].map((id) => ({ id }))),
  },
  {
    rule: 'schema.array-filled',
    baseline: response(() => ({ rows: [] })),
    candidate: response((i) => ({ rows: [{ id: i }] })),
  },
  {
    rule: 'schema.variant-added',
    baseline: response((i) => ({ type: i % 2 ? 'card' : 'bank', owner: i })),
    candidate: response((i) =>
      i % 3 ? { type: i % 2 ? 'card' : 'bank', owner: i } : { type: 'cash' },
    ),
  },
  {
    rule: 'schema.body-removed',
    baseline: response(order),
    candidate: () => ({}),
  },
  {
    rule: 'schema.body-added',
    baseline: () => ({}),
    candidate: response(order),
  },
  {
    rule: 'schema.body-format-changed',
    baseline: response(order),
    candidate: response(() => '<html>Bad Gateway</html>'),
  },
  {
    rule: 'schema.body-became-required',
    baseline: (i) => (i % 2 ? { response: order(i) } : {}),
    candidate: response(order),
  },
  {
    rule: 'schema.body-became-optional',
    baseline: response(order),
    candidate: (i) => (i % 3 ? { response: order(i) } : {}),
  },
  {
    rule: 'header.removed',
    baseline: (i) => ({ response: order(i), responseHeaders: { 'cache-control': 'max-age=60' } }),
    candidate: response(order),
  },
  {
    rule: 'header.added',
    baseline: request(order),
    candidate: (i) => ({ ...request(order)(i), requestHeaders: { 'x-tenant': 'acme' } }),
  },
  {
    rule: 'header.became-optional',
    baseline: (i) => ({ response: order(i), responseHeaders: { etag: `"${i}"` } }),
    candidate: (i) => ({
      response: order(i),
      ...(i % 3 && { responseHeaders: { etag: `"${i}"` } }),
    }),
  },
  {
    rule: 'header.became-required',
    baseline: (i) => ({
      ...request(order)(i),
      ...(i % 2 === 0 && { requestHeaders: { 'x-tenant': 'acme' } }),
    }),
    candidate: (i) => ({ ...request(order)(i), requestHeaders: { 'x-tenant': 'acme' } }),
  },
  {
    rule: 'header.changed',
    baseline: (i) => ({ response: order(i), responseHeaders: { 'cache-control': 'max-age=60' } }),
    candidate: (i) => ({ response: order(i), responseHeaders: { 'cache-control': 'no-store' } }),
  },
  {
    rule: 'header.content-type-changed',
    baseline: response(order),
    candidate: (i) => ({
      response: '<html>hello</html>',
      responseHeaders: { 'content-type': 'text/html' },
      path: `/orders/${1000 + i}`,
    }),
  },
  {
    rule: 'schema.status-removed',
    baseline: response(order),
    candidate: () => ({ status: '204' }),
  },
  {
    rule: 'schema.status-added',
    baseline: request(order),
    candidate: (i) => ({ ...request(order)(i), status: i % 3 ? '201' : '202' }),
  },
  {
    rule: 'error.new-status',
    baseline: response(order),
    candidate: (i) => (i % 3 ? { response: order(i) } : { status: '500' }),
  },
  {
    rule: 'error.rate-increased',
    baseline: (i) => (i % 30 ? { response: order(i) } : { status: '503' }),
    candidate: (i) => (i % 3 ? { response: order(i) } : { status: '503' }),
  },
  {
    rule: 'error.new-code',
    baseline: response((i) => ({ data: order(i) })),
    candidate: response((i) =>
      i % 3
        ? { data: order(i) }
        : {
            data: null,
            errors: [{ message: 'out of stock', extensions: { code: 'OUT_OF_STOCK' } }],
          },
    ),
  },
  {
    rule: 'latency.p95-increased',
    baseline: (i) => ({ latency: 50 + (i % 7) }),
    candidate: (i) => ({ latency: i % 6 ? 50 + (i % 7) : 200 + (i % 7) }),
    calls: [200, 200],
    shown: 6,
  },
  {
    rule: 'latency.p50-increased',
    baseline: (i) => ({ latency: i % 5 ? 20 + (i % 7) : 300 }),
    candidate: (i) => ({ latency: i % 5 ? 80 + (i % 7) : 300 }),
    calls: [200, 200],
  },
  {
    rule: 'latency.p99-increased',
    baseline: (i) => ({ latency: 20 + (i % 7) }),
    candidate: (i) => ({ latency: i % 40 ? 20 + (i % 7) : 5000 + (i % 9) }),
    calls: [1000, 1000],
    shown: 40,
  },
  {
    rule: 'payload.size-increased',
    baseline: response((i) => ({ rows: ['a row of twenty letters'], total: i })),
    candidate: response((i) => ({ rows: Array(400).fill('a row of twenty letters'), total: i })),
  },
  {
    rule: 'latency.warm-up',
    baseline: (i) => ({ latency: 20 + (i % 7) }),
    candidate: (i) => ({ latency: (i < 16 ? 200 : 20) + (i % 7) }),
    calls: [200, 200],
  },
  {
    rule: 'latency.everywhere',
    baseline: (i) => ({ path: `/${page(i)}`, latency: 10 + (i % 7) }),
    candidate: (i) => ({ path: `/${page(i)}`, latency: 2 * (10 + (i % 7)) }),
    calls: [640, 640],
  },
  {
    rule: 'call.missing',
    baseline: makes(() => [stock, charge, audit]),
    candidate: makes(() => [stock, charge]),
  },
  {
    rule: 'call.extra',
    baseline: makes(() => [stock, charge]),
    candidate: makes(() => [stock, rates, charge]),
  },
  {
    rule: 'call.mutation-added',
    baseline: makes(() => [query]),
    candidate: makes(() => [
      query,
      { ...query, method: 'UPDATE', path: 'UPDATE orders SET seen = 1 WHERE id = 7' },
    ]),
  },
  {
    rule: 'call.new-destination',
    baseline: makes(() => [stock, charge]),
    candidate: makes(() => [stock, charge, track]),
  },
  {
    rule: 'call.count-changed',
    baseline: makes(() => [query]),
    candidate: makes(() => [query, query, query]),
  },
  {
    rule: 'call.order-changed',
    baseline: makes(() => [stock, charge]),
    candidate: makes(() => [charge, stock]),
  },
  {
    rule: 'call.retries',
    baseline: makes(() => [charge]),
    candidate: makes((i) => (i % 3 ? [charge] : [{ ...charge, status: '503' }, charge])),
  },
  {
    rule: 'call.back-off-changed',
    baseline: (i) => ({ ...makes(retried(2, 103, 304, 705))(i), latency: 720 }),
    candidate: (i) => ({ ...makes(retried(2, 103, 204, 305))(i), latency: 320 }),
  },
  {
    rule: 'call.auth-missing',
    baseline: makes(() => [withToken]),
    candidate: makes(() => [{ ...charge, headers: accept }]),
  },
  {
    rule: 'call.encryption-lost',
    baseline: makes(() => [{ ...track, port: 443 }]),
    candidate: makes(() => [{ ...track, port: 80 }]),
  },
  {
    rule: 'call.id-mismatched',
    baseline: (i) => ({ makes: [{ ...stock, path: `/stock/${1000 + i}` }] }),
    candidate: (i) => ({ makes: [{ ...stock, path: `/stock/${1001 + i}` }] }),
  },
  {
    rule: 'call.parameter-mismatched',
    baseline: (i) => ({ path: `/orders?page=${i % 9}`, makes: [listed(i % 9)] }),
    candidate: (i) => ({ path: `/orders?page=${i % 9}`, makes: [listed(1)] }),
  },
  {
    rule: 'call.answer-mismatched',
    baseline: (i) => ({ response: { units: i }, makes: [{ ...stock, response: { units: i } }] }),
    candidate: (i) => ({
      response: { units: i + 1 },
      makes: [{ ...stock, response: { units: i } }],
    }),
  },
  {
    rule: 'call.echo-mismatched',
    baseline: (i) => ({ request: { units: i }, response: { id: i, units: i } }),
    candidate: (i) => ({ request: { units: i }, response: { id: i, units: 1 + i } }),
  },
  {
    rule: 'coverage.not-exercised',
    baseline: (i) => (i % 2 ? { response: order(i) } : { path: '/refunds' }),
    candidate: response(order),
    shown: 2,
  },
  {
    rule: 'coverage.too-few',
    baseline: (i) => (i % 2 ? { response: order(i) } : { path: '/refunds' }),
    candidate: (i) => (i % 10 === 2 ? { path: '/refunds' } : { response: order(i) }),
    shown: 2,
  },
  {
    rule: 'coverage.required-missing',
    baseline: response(order),
    candidate: response(order),
    require: [{ operation: 'orders POST /orders', minCalls: 5 }],
  },
  {
    rule: 'budget.p95-exceeded',
    baseline: (i) => ({ latency: 300 + (i % 7) }),
    candidate: (i) => ({ latency: 300 + (i % 7) }),
    calls: [200, 200],
    require: [{ operation: 'orders GET *', maxP95: 250 }],
  },
  {
    rule: 'budget.p99-exceeded',
    baseline: (i) => ({ latency: 300 + (i % 7) }),
    candidate: (i) => ({ latency: 300 + (i % 7) }),
    calls: [1_000, 1_000],
    require: [{ operation: 'orders GET *', maxP99: 250 }],
  },
  {
    rule: 'budget.error-share-exceeded',
    baseline: (i) => ({ status: i % 5 ? '200' : '503' }),
    candidate: (i) => ({ status: i % 5 ? '200' : '503' }),
    require: [{ operation: 'orders *', maxErrorShare: 0.01 }],
    shown: 5,
  },
];

function page(i: number): string {
  const pages = ['search', 'cart', 'login', 'items', 'stores', 'offers', 'reviews', 'help'];
  return pages[i % pages.length] as string;
}
