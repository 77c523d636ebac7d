import { expect, test } from 'vitest';
import { targetOf } from '../../../src/calls/target.ts';
import { call, json } from '../../support/calls.ts';

const over = (body: unknown, path = '/graphql') =>
  targetOf(call({ to: 'gateway', method: 'POST', path, requestBody: json(body) }));

test.each([
  [{ query: 'query GetUser($id: ID!) { user(id: $id) { name } }' }, 'QUERY', 'GetUser', false],
  [{ query: 'mutation Place { placeOrder { id } }' }, 'MUTATION', 'Place', true],
  [{ query: 'subscription { ticks }' }, 'SUBSCRIPTION', 'ticks', false],
  [{ query: '{ me { name } orders { id } }' }, 'QUERY', 'me,orders', false],
  [
    { query: '{ b: orders(a: "}{", n: {x: 1}) { id } a: me @include(if: true) { id } }' },
    'QUERY',
    'me,orders',
    false,
  ],
  [{ query: 'query A { a } mutation B { b }', operationName: 'B' }, 'MUTATION', 'B', true],
  [{ query: 'fragment F on User { id } query A { ...F }' }, 'QUERY', 'A', false],
  [{ query: '# { mutation\nquery """doc""" A { a }' }, 'QUERY', 'A', false],
  [
    { operationName: 'Stored', extensions: { persistedQuery: { sha256Hash: 'ab' } } },
    'QUERY',
    'Stored',
    false,
  ],
  [[{ query: '{ a }' }, { query: '{ b }' }], 'QUERY', 'batch', false],
])('%o', (body, method, name, mutation) => {
  expect(over(body)).toMatchObject({
    protocol: 'graphql',
    method,
    segments: [`=${name}`],
    mutation,
  });
});

test('a cut body still tells the operation', () => {
  const text = '{"operationName":"GetUser","query":"query GetUs';
  const target = targetOf(
    call({ to: 'g', method: 'POST', path: '/api/graphql', requestBody: { state: 'cut', text } }),
  );
  expect(target.segments).toEqual(['=GetUser']);
});

test('over GET the document is in the query string', () => {
  const path = `/graphql?query=${encodeURIComponent('query Q { a }')}`;
  expect(targetOf(call({ to: 'g', path })).segments).toEqual(['=Q']);
});

test.each(['/graphql', '/api/gql/', '/query', '/admin/graphql.json', '/graphql?op=x'])(
  'at %s',
  (path) => {
    expect(over({ query: 'query Q { a }' }, path).segments).toEqual(['=Q']);
  },
);

test('a path that only ends alike, or holds no operation, is plain HTTP', () => {
  expect(over({ a: 1 }).protocol).toBe('http');
  expect(over({ query: 'red shoes' }, '/query').protocol).toBe('http');
  expect(over({ query: '{ a }' }, '/search').protocol).toBe('http');
});
