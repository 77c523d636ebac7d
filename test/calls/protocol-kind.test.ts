import { expect, test } from 'vitest';
import { isHttpLike, isServiceProtocol } from '../../src/calls/protocol-kind.ts';

test.each(['http', 'https', 'http2', 'ws', 'websocket', 'gql', 'graphql', 'rest'])(
  'services speak %s, which is HTTP',
  (protocol) => expect([isHttpLike(protocol), isServiceProtocol(protocol)]).toEqual([true, true]),
);

test('gRPC is what services speak', () => {
  expect([isHttpLike('grpc'), isServiceProtocol('grpc')]).toEqual([false, true]);
});

test.each(['postgresql', 'mysql', 'redis', 'mongodb', 'kafka', 'amqp', 'dns'])(
  '%s leads to something else',
  (protocol) => expect([isHttpLike(protocol), isServiceProtocol(protocol)]).toEqual([false, false]),
);
