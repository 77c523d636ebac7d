import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface CuttingProxy extends AsyncDisposable {
  readonly url: string;
  /** Resolves when a connection has come to where it is cut. */
  readonly reached: Promise<void>;
  readonly cuts: () => number;
}

/**
 * Passes connections on to a server, and of what each client sends only the first bytes: then both
 * ends are cut off, or (`stall`) nothing more is passed on.
 */
export async function cuttingProxy(
  target: { readonly host: string; readonly port: number },
  after: number,
  stall = false,
): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  let reach = () => {};
  let cuts = 0;
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const server = createServer((client) => {
    const upstream = connect(target.port, target.host);
    let passed = 0;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        client.destroy();
        upstream.destroy();
      });
    }
    upstream.on('data', (chunk) => client.write(chunk));
    client.on('data', (chunk) => {
      const left = after - passed;
      passed += chunk.length;
      if (left > 0) upstream.write(chunk.subarray(0, left));
      if (passed < after) return;
      if (left > 0) cuts++;
      reach();
      if (stall) client.pause();
      else client.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reached,
    cuts: () => cuts,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
