import { isSqlProtocol } from '../../calls/protocol-kind.ts';
import type { Asked, Told } from './asked.ts';

/** Systems that records have another name for. */
const NAMES: Readonly<Record<string, string>> = {
  postgres: 'postgresql',
  'microsoft.sql_server': 'mssql',
  'aws.dynamodb': 'dynamodb',
};

/** A database's command: SQL by its text, others by operation and collection or key. */
export function askedOfDatabase({ attributes: at, name, failed }: Told): Asked | undefined {
  const system = (at['db.system.name'] ?? at['db.system'])?.toLowerCase();
  if (system === undefined) return undefined;
  const protocol = NAMES[system] ?? system;
  const text = (at['db.query.text'] ?? at['db.statement'] ?? '').trim();
  const operation = at['db.operation.name'] ?? at['db.operation'];
  const collection =
    at['db.collection.name'] ??
    at['db.sql.table'] ??
    at['db.mongodb.collection'] ??
    at['db.cassandra.table'] ??
    '';
  const first = /^\w+/.exec(text === '' ? (at['db.query.summary'] ?? name) : text)?.[0] ?? 'QUERY';
  const method = (operation ?? first).toUpperCase();
  return {
    protocol,
    method,
    path: pathOf(protocol, method, text, collection),
    status: at['db.response.status_code'] ?? (failed ? (at['error.type'] ?? 'ERROR') : 'OK'),
    message: false,
  };
}

function pathOf(protocol: string, method: string, text: string, collection: string): string {
  if (isSqlProtocol(protocol)) return text === '' ? `${method} ${collection}`.trim() : text;
  if (protocol !== 'redis') return collection;
  const words = text.split(/\s+/);
  return words[0]?.toUpperCase() === method ? words.slice(1).join(' ') : text;
}
