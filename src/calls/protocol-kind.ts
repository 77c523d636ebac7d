/** HTTP, and what is spoken over it, by the names that Kubeshark gives. */
const HTTP_LIKE = new Set(['http', 'https', 'http2', 'ws', 'websocket', 'gql', 'graphql', 'rest']);

export function isHttpLike(protocol: string): boolean {
  return HTTP_LIKE.has(protocol);
}

/** Whether services ask each other by it, and users them; the others lead to stores, queues and names. */
export function isServiceProtocol(protocol: string): boolean {
  return isHttpLike(protocol) || protocol === 'grpc';
}
