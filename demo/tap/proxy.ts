import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { Backend, Edge } from '../cluster/identity.ts';
import { unixNow } from '../processes/unix-now.ts';
import type { Conversation, Exchange } from './exchange.ts';
import { HttpConversation } from './http.ts';
import { PostgresConversation } from './postgres.ts';
import type { Recorder } from './recorder.ts';
import { RespConversation } from './resp.ts';

const conversations: Record<Edge['protocol'], (emit: (e: Exchange) => void) => Conversation> = {
  http: (emit) => new HttpConversation(emit),
  postgresql: (emit) => new PostgresConversation(emit),
  redis: (emit) => new RespConversation(emit),
};

/** Forwards the bytes of one edge unchanged and lets a conversation read along. */
export class EdgeProxy {
  readonly edge: Edge;
  readonly #recorder: Recorder;
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #backends: readonly Backend[] = [];
  #next = 0;

  constructor(edge: Edge, recorder: Recorder) {
    this.edge = edge;
    this.#recorder = recorder;
    this.#server = createServer(
      { allowHalfOpen: true, noDelay: true, pauseOnConnect: true },
      (socket) => this.#forward(socket),
    );
  }

  /** The loopback port that the caller shall use. */
  async listen(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return (this.#server.address() as AddressInfo).port;
  }

  /** Where connections go from now on, in turn. */
  target(backends: readonly Backend[]): void {
    this.#backends = backends;
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #forward(client: Socket): void {
    const backend = this.#backends[this.#next++ % this.#backends.length];
    if (!backend) {
      client.destroy();
      return;
    }
    const server = connect({
      port: backend.port,
      host: '127.0.0.1',
      allowHalfOpen: true,
      noDelay: true,
    });
    // Where the callee refuses, no byte of a request ever crosses the wire: none is read.
    const refuse = () => client.resetAndDestroy();
    const leave = () => server.destroy();
    server.once('error', refuse);
    client.once('error', leave);
    this.#sockets.add(client).add(server);
    server.once('connect', () => {
      server.off('error', refuse);
      client.off('error', leave);
      this.#join(client, server, backend);
      client.resume();
    });
    server.once('close', () => this.#sockets.delete(server));
    client.once('close', () => this.#sockets.delete(client));
  }

  #join(client: Socket, server: Socket, backend: Backend): void {
    const src = { ...this.edge.caller, port: client.remotePort ?? 0 };
    const connection = this.#recorder.connection(src, backend.party);
    const conversation = conversations[this.edge.protocol]((exchange) =>
      this.#recorder.add(connection, exchange),
    );
    let open = 2;
    const closed = () => {
      if (--open === 0) conversation.close(unixNow());
    };
    this.#pipe(client, server, (chunk, now) => conversation.request(chunk, now), closed);
    this.#pipe(server, client, (chunk, now) => conversation.response(chunk, now), closed);
  }

  #pipe(
    from: Socket,
    to: Socket,
    read: (chunk: Buffer, now: number) => void,
    closed: () => void,
  ): void {
    from.on('data', (chunk: Buffer) => {
      const now = unixNow();
      if (!to.write(chunk)) {
        from.pause();
        to.once('drain', () => from.resume());
      }
      read(chunk, now);
    });
    from.on('end', () => to.end());
    from.on('error', () => to.destroy());
    from.on('close', () => {
      if (!from.readableEnded) to.destroy();
      closed();
    });
  }
}
