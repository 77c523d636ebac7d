import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How a receiver answers. */
export interface Manner {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Never answers. */
  readonly hangs?: boolean;
}

/** A receiver of alerts on loopback, whose manners can be changed. */
export class Receiver {
  readonly received: Received[] = [];
  manner: Manner = { status: 200 };
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(async (incoming, outgoing) => {
      const parts: Buffer[] = [];
      for await (const part of incoming) parts.push(part as Buffer);
      const { url = '', headers } = incoming;
      this.received.push({ path: url, headers, body: Buffer.concat(parts).toString('utf8') });
      const { status, headers: own, body, hangs } = this.manner;
      if (!hangs) outgoing.writeHead(status, own).end(body);
    });
  }

  /** `port` to come back where one was before. */
  static async start(port = 0): Promise<Receiver> {
    const receiver = new Receiver();
    receiver.#server.listen(port, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
