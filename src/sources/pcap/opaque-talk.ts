import { addressClass } from '../../calls/address.ts';
import type { Call } from '../../calls/call.ts';
import type { Talk } from '../../calls/observation.ts';
import { parseRecord } from '../record.ts';
import type { Names } from './names/names.ts';
import type { Address } from './packet.ts';

const MAX_SERVERS = 50_000;

/** A connection that carried bytes of which nobody could read a call. */
export interface OpaqueConnection {
  readonly client: Address;
  readonly server: Address;
  /** Whom the client asked for, where it is TLS and says so. */
  readonly asked: string | undefined;
  readonly packets: number;
}

interface Counted {
  readonly client: Address;
  readonly server: Address;
  connections: number;
  packets: number;
}

/** Counts the connections between two addresses that nobody could read. */
export class OpaqueTalk {
  readonly #pairs = new Map<string, Counted>();
  /** Names by the address with its port: a connection that is older than the capture tells none. */
  readonly #asked = new Map<string, string>();

  add({ client, server, asked, packets }: OpaqueConnection): void {
    const at = `${server.ip} ${server.port}`;
    if (asked !== undefined && this.#asked.size < MAX_SERVERS) this.#asked.set(at, asked);
    const key = `${client.ip} ${at}`;
    let pair = this.#pairs.get(key);
    if (!pair) {
      if (this.#pairs.size >= MAX_SERVERS) return;
      pair = { client, server, connections: 0, packets: 0 };
      this.#pairs.set(key, pair);
    }
    pair.connections++;
    pair.packets += packets;
  }

  /** Who talked to whom, by the names that calls would have. */
  talks(names: Names): Talk[] {
    const found = new Map<string, Talk>();
    for (const [key, { client, server, connections, packets }] of this.#pairs) {
      const asked = this.#asked.get(key.slice(key.indexOf(' ') + 1));
      const ends = endsOf(client, server, asked, names);
      if (!ends) continue;
      const by = JSON.stringify([ends.src.workload.name, ends.dst.workload.name]);
      const known = found.get(by);
      found.set(by, {
        ends,
        connections: connections + (known?.connections ?? 0),
        packets: packets + (known?.packets ?? 0),
      });
    }
    return [...found.values()];
  }
}

function endsOf(
  client: Address,
  server: Address,
  asked: string | undefined,
  names: Names,
): Call | undefined {
  const local = asked !== undefined && addressClass(server.ip) === 'loopback' ? { svc: asked } : {};
  const seen = parseRecord({
    id: 'talk',
    ts: 0,
    proto: 'tls',
    src: { ...client, ...names.of(client) },
    dst: { ...server, ...local, ...names.of(server) },
    req_headers: asked === undefined ? [] : [{ name: 'host', value: asked }],
  });
  return seen.kind === 'call' ? seen.call : undefined;
}
