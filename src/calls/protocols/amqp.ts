import { nameToken } from './name.ts';
import type { Protocol } from './protocol.ts';
import { methodOf, objectOf, textMember } from './text.ts';

const writes = /PUBLISH$|DELETE$|PURGE$|^TX\.COMMIT$/;

/** AMQP 0-9-1: method, and exchange with routing key, or queue. A server-named queue (`amq.gen-…`) is a class. */
export const amqp: Protocol = (call) => {
  const method = methodOf(call.method);
  const body = objectOf(call.requestBody);
  const target = call.path.trim().replace(/^\/+/, '') || fromBody(body);
  const name = target.slice(0, 255).replace(/amq\.gen-[\w-]+/, 'amq.gen-00000000');
  const separator = name.includes('/') ? '/' : '.';
  return {
    method,
    separator: '',
    segments: name === '' ? [] : [nameToken(name, separator)],
    mutation: writes.test(method),
  };
};

function fromBody(body: ReadonlyMap<string, unknown> | undefined): string {
  const exchange = textMember(body, 'exchange', 'exchangeName');
  const key = textMember(body, 'routingKey', 'routing_key', 'queue', 'queueName');
  return [exchange, key].filter(Boolean).join('/');
}
