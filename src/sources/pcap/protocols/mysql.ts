import type { ConnectionProtocol } from '../conversation.ts';

export const mysql: ConnectionProtocol = {
  name: 'mysql',
  ports: [],
  recognise: () => undefined,
  open: () => ({ request: () => undefined, response: () => undefined, close: () => undefined }),
};
