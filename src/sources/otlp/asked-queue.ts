import type { Asked, Told } from './asked.ts';

/** Systems that records have another name for, and how each names sending and taking. */
const SYSTEMS: Readonly<Record<string, readonly [name: string, send: string, take: string]>> = {
  kafka: ['kafka', 'PRODUCE', 'FETCH'],
  rabbitmq: ['amqp', 'BASIC.PUBLISH', 'BASIC.DELIVER'],
};

/** A message that is sent to a broker, or `taken` from it. */
export function askedOfQueue({ attributes: at, failed }: Told, taken: boolean): Asked | undefined {
  const system = at['messaging.system']?.toLowerCase();
  if (system === undefined) return undefined;
  const operation = at['messaging.operation.type'] ?? at['messaging.operation'];
  const receives = taken || operation === 'receive' || operation === 'process';
  const [protocol, send, take] = SYSTEMS[system] ?? [system, 'PUBLISH', 'DELIVER'];
  const destination = at['messaging.destination.name'] ?? at['messaging.destination'] ?? '';
  const key = at['messaging.rabbitmq.destination.routing_key'];
  return {
    protocol,
    method: receives ? take : send,
    path: [destination, key].filter(Boolean).join('/'),
    status: failed ? (at['error.type'] ?? 'ERROR') : 'OK',
    message: true,
  };
}
