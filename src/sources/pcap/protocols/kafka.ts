import type { ConnectionProtocol } from '../conversation.ts';

export const kafka: ConnectionProtocol = {
  name: 'kafka',
  ports: [],
  recognise: () => undefined,
  open: () => ({ request: () => undefined, response: () => undefined, close: () => undefined }),
};
