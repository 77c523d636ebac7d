import { describe, expect, test } from 'vitest';
import { targetOf } from '../../../src/calls/target.ts';
import { call, json } from '../../support/calls.ts';

describe('HTTP', () => {
  test('an unknown method is a word, a broken one is OTHER', () => {
    expect(targetOf(call({ to: 'a', method: 'purge' })).method).toBe('PURGE');
    expect(targetOf(call({ to: 'a', method: '::warning::' })).method).toBe('OTHER');
  });

  test('CONNECT names no host', () => {
    const target = targetOf(call({ to: 'proxy', method: 'CONNECT', path: 'example.com:443' }));
    expect(target.segments).toEqual(['{authority}']);
  });

  test('gRPC by its content type', () => {
    const requestHeaders = new Map([['content-type', 'application/grpc+proto']]);
    const target = targetOf(
      call({ to: 'geo', method: 'POST', path: '/geo.Geo/Nearby', requestHeaders }),
    );
    expect(target).toMatchObject({
      protocol: 'grpc',
      method: 'POST',
      segments: ['=geo.Geo', '=Nearby'],
    });
  });

  test.each([
    [
      new Map([['x-amz-target', 'DynamoDB_20120810.GetItem']]),
      undefined,
      ['#DynamoDB_20120810.GetItem'],
    ],
    [new Map([['soapaction', '"http://example.com/stock#GetPrice"']]), undefined, ['#GetPrice']],
    [new Map(), { jsonrpc: '2.0', method: 'eth_call', id: 1 }, ['#eth_call']],
    [new Map(), [{ jsonrpc: '2.0', method: 'a' }], ['#batch']],
    [new Map(), { jsonrpc: '2.0', method: { a: 1 } }, []],
  ])('an RPC on one path is told apart: %o %o', (requestHeaders, body, segments) => {
    const requestBody = body ? json(body) : ({ state: 'absent' } as const);
    const target = targetOf(
      call({ to: 'a', method: 'POST', path: '/', requestHeaders, requestBody }),
    );
    expect(target.segments).toEqual(segments);
  });
});

describe('WebSocket', () => {
  test.each([
    ['{"type":"message.new","text":"hi"}', ['rooms', '{int}', '#message.new']],
    ['42["chat message","hi"]', ['rooms', '{int}']],
    ['42["joined",{}]', ['rooms', '{int}', '#joined']],
    ['hello', ['rooms', '{int}']],
  ])('%s', (text, segments) => {
    const target = targetOf(
      call({
        to: 'chat',
        protocol: 'ws',
        method: 'TEXT',
        path: '/rooms/7',
        requestBody: { state: 'whole', text },
      }),
    );
    expect(target.segments).toEqual(segments);
  });
});
