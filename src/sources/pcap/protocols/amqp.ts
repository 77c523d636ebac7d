import type { ConnectionProtocol } from '../conversation.ts';

export const amqp: ConnectionProtocol = {
  name: 'amqp',
  ports: [],
  recognise: () => undefined,
  open: () => ({ request: () => undefined, response: () => undefined, close: () => undefined }),
};
