import type { Draw } from './draw.ts';
import type { Operation } from './operation.ts';
import type { Caller } from './sighting.ts';

/** Path, headers and body of a request. */
export function askingOf(operation: Operation, from: Caller, draw: Draw, authorised: boolean) {
  const { path, server, takes, workload, sql } = operation;
  const filled = sql ?? path.replaceAll('{id}', () => String(1000 + draw.below(60_000)));
  const protocol = workload?.protocol ?? 'http';
  if (protocol !== 'http' && protocol !== 'grpc') {
    return { path: filled, headers: {}, body: '' };
  }
  const body = takes && protocol === 'http' ? takes(draw) : '';
  const headers: Record<string, string> = {
    host: workload ? `${server}.${workload.namespace}.svc` : server,
    'user-agent': from.workload ? `${from.workload.name}/2.4` : 'Mozilla/5.0',
    ...(protocol === 'grpc' && { 'content-type': 'application/grpc', te: 'trailers' }),
    ...(body !== '' && { 'content-type': 'application/json' }),
    ...(authorised && { authorization: `Bearer eyJhbGciOiJFUzI1NiJ9.${draw.below(1e9)}.c2ln` }),
  };
  const search = path.endsWith('/search')
    ? `?q=${draw.pick(['cotton', 'linen', 'walnut'])}&page=${draw.below(4)}`
    : '';
  return { path: filled + search, headers, body };
}
