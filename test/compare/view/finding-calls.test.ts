import { expect, it } from 'vitest';
import type { Finding } from '../../../src/compare/finding.ts';
import { findingFilters } from '../../../src/compare/view/finding-filter.ts';
import { callsFrom, callsTo } from '../../../src/compare/view/operation-filter.ts';
import { OperationStats } from '../../../src/profile/operation-stats.ts';
import { fieldAt, finding } from '../../support/judgements.ts';
import { operationPair } from './make.ts';

const none = new OperationStats();
const pairing = {
  pairs: [
    operationPair('orders GET /a', none, none),
    operationPair('stock POST /b', none, none),
    operationPair('grpc POST /c', none, none, 'grpc'),
  ],
};
const filterOf = findingFilters(pairing);
const kfl = (given: Partial<Finding>) => filterOf(finding(given));
const [from] = callsFrom('orders');
const stock = ['http', ...callsTo('stock'), 'method == "POST"', 'path == "/b"'].join(' && ');
const orders = ['http', ...callsTo('orders'), 'method == "GET"', 'path == "/a"'].join(' && ');

it.each<[string, Partial<Finding>, string | undefined]>([
  [
    'calls made',
    { rule: 'call.extra', operation: 'orders GET /a', path: 'stock POST /b' },
    `${from} && ${stock}`,
  ],
  [
    'calls of background work',
    { rule: 'call.extra', operation: 'orders (background)', path: 'stock POST /b' },
    `${from} && ${stock}`,
  ],
  [
    'calls to a workload as a whole',
    { rule: 'call.count-changed', operation: 'orders GET /a', path: 'db' },
    `${from} && ${callsTo('db')[0]}`,
  ],
  ['calls to a host', { rule: 'call.extra', operation: 'orders GET /a', path: 'a.example' }, from],
  [
    'two calls in an order',
    { rule: 'call.order-changed', operation: 'orders GET /a', path: 'stock POST /b before db' },
    `${from} && ((${stock}) || ${callsTo('db')[0]})`,
  ],
  [
    'two calls, of which one is to a host',
    { rule: 'call.order-changed', operation: 'orders GET /a', path: 'a.example before db' },
    `${from} && ${callsTo('db')[0]}`,
  ],
  [
    'calls of an operation that is not known',
    { rule: 'call.extra', operation: 'web GET /', path: 'stock POST /b' },
    stock,
  ],
  [
    'calls of nobody known to a host',
    { rule: 'call.extra', operation: 'web GET /', path: 'a.example' },
    undefined,
  ],
  [
    'a response',
    { operation: 'orders GET /a', field: fieldAt('response 404 /x') },
    `${orders} && status_code == 404`,
  ],
  ['a request', { operation: 'orders GET /a', field: fieldAt('request /x') }, orders],
  [
    'a status',
    { rule: 'error.new-status', operation: 'orders GET /a', path: 'status 500' },
    `${orders} && status_code == 500`,
  ],
  [
    'no response',
    { rule: 'error.new-status', operation: 'orders GET /a', path: 'status (no response)' },
    orders,
  ],
  [
    'slow calls',
    { rule: 'latency.p95-increased', operation: 'orders GET /a', path: 'P95', baseline: 12.3456 },
    `${orders} && elapsed_time > 12346`,
  ],
  [
    'calls slower than nothing',
    { rule: 'latency.p95-increased', operation: 'orders GET /a', path: 'P95', baseline: 0 },
    orders,
  ],
  [
    'calls slower than is said',
    { rule: 'latency.p95-increased', operation: 'orders GET /a', path: 'P95', baseline: '12' },
    orders,
  ],
  [
    'a size',
    { rule: 'schema.field-removed', operation: 'orders GET /a', path: 'x', baseline: 12 },
    orders,
  ],
  ['an operation that is not known', { operation: 'web GET /', path: 'x' }, undefined],
])('%s', (_, given, expected) => {
  expect(kfl(given)).toBe(expected);
});

it('a status of gRPC is one of its own', () => {
  const given = { rule: 'error.new-status', operation: 'grpc POST /c', path: 'status 14' } as const;
  expect(kfl(given)).toMatch(/ && grpc_status == 14$/);
});
