import { expect, it } from 'vitest';
import {
  type PathPart,
  pathParts,
  pathShape,
  pathTemplate,
} from '../../src/report/openapi-path.ts';

const told = (template: string[], segments: string[] = template) =>
  pathTemplate(pathParts(template, segments)).path;

it.each([
  [['orders', '{id}'], '/orders/{orderId}'],
  [
    ['api', 'v1', 'categories', '{id}', 'addresses', '{id}'],
    '/api/v1/categories/{categoryId}/addresses/{addressId}',
  ],
  [['boxes', '{id}', '{id}'], '/boxes/{boxId}/{boxId2}'],
  [['users', '{id}', 'users', '{id}'], '/users/{userId}/users/{userId2}'],
  [['{id}'], '/{id}'],
  [['line-items', '{id}'], '/line-items/{lineItemId}'],
  [['orderLines', '{id}.json'.slice(0, 4), '.json'], '/orderLines/{orderLineId}.json'],
  [['topics', '{id}', ':publish'], '/topics/{topicId}:publish'],
  [['Orders({id})', 'Items'], '/Orders({orderId})/Items'],
  [['rpc', '#GetItem'], '/rpc'],
  [[], '/'],
])('%j is %s', (template, path) => {
  expect(told(template)).toBe(path);
});

it('names a parameter for what it was seen to be, where it was one thing', () => {
  expect(told(['reports', '{id}'], ['reports', '{date}'])).toBe('/reports/{date}');
  const parts = pathParts(['reports', '{id}'], ['reports', '{date}']);
  (parts[1] as Exclude<PathPart, string>).classes.add('{int}');
  expect(pathTemplate(parts)).toEqual({
    path: '/reports/{reportId}',
    parameters: [{ name: 'reportId', schema: { type: 'string' } }],
  });
});

it('types what all values could be read as', () => {
  const schema = (token: string) =>
    pathTemplate(pathParts(['x', '{id}'], ['x', token])).parameters[0]?.schema;
  expect(schema('{int}')).toEqual({ type: 'integer' });
  expect(schema('{uuid}')).toEqual({ type: 'string', format: 'uuid' });
  expect(schema('acct_{id}')).toEqual({ type: 'string' });
});

it('percent-encodes what a path may not hold, once', () => {
  expect(told(['naïve', 'a"b<c>', '%7Bx%7D', 'a|b^`\\'])).toBe(
    '/na%C3%AFve/a%22b%3Cc%3E/%7Bx%7D/a%7Cb%5E%60%5C',
  );
});

it('gives paths one shape that differ in the names of their parameters only', () => {
  const shape = (template: string[], segments: string[]) =>
    pathShape(pathParts(template, segments));
  expect(shape(['a', '{id}'], ['a', '{uuid}'])).toBe(shape(['a', '{id}'], ['a', '{int}']));
});
