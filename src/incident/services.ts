/** Protocols by which services ask each other, and users them; the others lead to stores. */
export const SERVICES: ReadonlySet<string> = new Set(['http', 'grpc', 'graphql', 'websocket']);
