import { once } from 'node:events';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UsageError } from './errors.ts';

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?)$/;

/** Whether a host is this machine alone. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/** The name that a request was sent to, without its port. */
export function askedHost({ host = '' }: IncomingHttpHeaders): string {
  return host.replace(/:\d+$/, '');
}

export interface Listening {
  /** As `http://127.0.0.1:9464`, with the port that was free where 0 was asked for. */
  readonly url: string;
  /** When it has stopped, after the signal. */
  readonly closed: Promise<void>;
}

/** Listens until the signal, then cuts off who is connected. Throws UsageError, naming the option, where it can't. */
export async function listen(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
  option: string,
  signal: AbortSignal,
): Promise<Listening> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new UsageError(`${option} ${host}:${port}: cannot listen there (${code})`, { cause });
  }
  const closed = once(server, 'close').then(() => undefined);
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  const { address, family, port: own } = server.address() as AddressInfo;
  return { url: `http://${family === 'IPv6' ? `[${address}]` : address}:${own}`, closed };
}
