/** HTTP, and what is spoken over it, by the names that Kubeshark gives. */
const HTTP_LIKE = new Set(['http', 'https', 'http2', 'ws', 'websocket', 'gql', 'graphql', 'rest']);
const SQL = new Set(['postgresql', 'postgres', 'pgsql', 'mysql', 'mariadb']);

export function isHttpLike(protocol: string): boolean {
  return HTTP_LIKE.has(protocol);
}

/** Whether services ask each other by it, and users them; the others lead to stores, queues and names. */
export function isServiceProtocol(protocol: string): boolean {
  return isHttpLike(protocol) || protocol === 'grpc';
}

/** Whether statements of SQL are asked by it, by the names that Kubeshark, records and captures give. */
export function isSqlProtocol(protocol: string): boolean {
  return SQL.has(protocol);
}
