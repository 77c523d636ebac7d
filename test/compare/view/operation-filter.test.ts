import { describe, expect, it } from 'vitest';
import type { Family } from '../../../src/calls/target.ts';
import {
  callsFrom,
  callsTo,
  ofTarget,
  withStatus,
} from '../../../src/compare/view/operation-filter.ts';

const family = (
  protocol: string,
  method: string,
  separator: Family['separator'] = '/',
): Family => ({
  workload: 'orders',
  protocol,
  method,
  separator,
  mutation: false,
});

describe('the calls of an operation in KFL', () => {
  const [to = ''] = callsTo('orders');

  it.each([
    ['http', 'GET', '/', 'orders GET /a', ['http', to, 'method == "GET"', 'path == "/a"']],
    ['https', 'GET', '/', 'orders GET /a', ['http', to, 'method == "GET"', 'path == "/a"']],
    [
      'http',
      'GET',
      '/',
      'orders GET /a/{id}.x',
      ['http', to, 'method == "GET"', 'path.matches("^/a/[^/]+\\\\.x$")'],
    ],
    [
      'http',
      'GET',
      '/',
      'orders GET /a/{id}/b…',
      ['http', to, 'method == "GET"', 'path.startsWith("/a/")'],
    ],
    ['grpc', 'POST', '/', 'orders POST /a.B/C', ['grpc', to, 'path == "/a.B/C"']],
    [
      'redis',
      'GET',
      ':',
      'orders GET cart:7',
      ['redis', to, 'redis_type == "GET"', 'redis_key == "cart:7"'],
    ],
    [
      'redis',
      'GET',
      ':',
      'orders GET cart:{id}',
      ['redis', to, 'redis_type == "GET"', 'redis_key.matches("^cart:.+$")'],
    ],
    ['redis', 'GET', ':', 'orders GET cart…', ['redis', to, 'redis_type == "GET"']],
    ['redis', 'GET', ':', 'orders GET ', ['redis', to, 'redis_type == "GET"']],
    ['redis', 'get', ':', 'orders get a', ['redis', to, 'redis_key == "a"']],
    ['kafka', 'PRODUCE', '.', 'orders PRODUCE mails', ['kafka', to, 'method == "PRODUCE"']],
    ['postgresql', 'SELECT', '', 'orders SELECT a', [to, 'method == "SELECT"']],
    ['dns', 'lookup', '.', 'orders lookup a.b', ['dns', to]],
    ['kafka', 'SEND', '.', 'orders SEND /a', ['kafka', to, 'method == "SEND"']],
    ['http', 'GET', '/', 'orders GET a', ['http', to, 'method == "GET"']],
  ] as const)('%s %s %s: %s', (protocol, method, separator, operation, expected) => {
    expect(ofTarget(family(protocol, method, separator), operation)).toEqual(expected);
  });

  it('to and from a workload are told by its name or its pods', () => {
    expect(to).toMatch(/^\(dst\.service\.name == "orders" \|\| dst\.pod\.name\.matches\("\^orders/);
    expect(callsFrom('web-1')).toEqual([
      expect.stringMatching(/^\(src\.service\.name == "web-1" \|\| src/),
    ]);
    for (const name of [
      'outside',
      'inside',
      'loopback',
      'unknown',
      'a.example',
      'A',
      '-a',
      'a-',
      'a'.repeat(64),
      '',
    ]) {
      expect(callsTo(name), name).toEqual([]);
    }
    expect(callsTo('a'.repeat(63))).toHaveLength(1);
  });

  it('that ended with a status', () => {
    expect(withStatus('http', '503')).toEqual(['status_code == 503']);
    expect(withStatus('grpc', '14')).toEqual(['grpc_status == 14']);
    expect(withStatus('grpc', '99')).toEqual(['grpc_status == 99']);
    expect(withStatus('grpc', '100')).toEqual(['status_code == 100']);
    expect(withStatus('http', '99')).toEqual(['status_code == 99']);
    expect(withStatus('http', '(other)')).toEqual([]);
    expect(withStatus('http', '1'.repeat(10))).toEqual([]);
  });
});
