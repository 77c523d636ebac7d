import type { ConnectionProtocol } from '../conversation.ts';

export const mongodb: ConnectionProtocol = {
  name: 'mongodb',
  ports: [],
  recognise: () => undefined,
  open: () => ({ request: () => undefined, response: () => undefined, close: () => undefined }),
};
