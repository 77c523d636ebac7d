import { addressClass } from './address.ts';
import type { Call } from './call.ts';

/**
 * What all nodes see alike of one call: the client's end of the connection and what was asked and
 * answered. Its own id when the connection isn't known.
 */
export function callKey(call: Call): string {
  return `${clientOf(call)} ${call.protocol} ${call.method} ${call.status ?? ''} ${call.path}`;
}

/** The server's end, as the server's node and mostly the client's see it. */
export function serverKey({ dst }: Call): string {
  return `${dst.ip ?? ''} ${dst.port ?? ''}`;
}

/** The server's name: all that is alike where the client's node sees a service's virtual address. */
export function serverName({ dst }: Call): string | undefined {
  const { kind, name } = dst.workload;
  return kind === 'service' || kind === 'owner' ? name : undefined;
}

function clientOf(call: Call): string {
  const { ip, port, pod } = call.src;
  if (ip !== undefined && port !== undefined) {
    // Each node has a loopback of its own.
    const own = addressClass(ip) === 'loopback' ? (call.dst.pod ?? pod ?? '') : '';
    return `${ip} ${port} ${own}`;
  }
  return call.connection ?? `${call.node} ${call.id}`;
}
