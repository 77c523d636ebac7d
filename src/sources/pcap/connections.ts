import { Connection } from './connection.ts';
import type { Listener, Memory } from './conversation.ts';
import { noCounts, type PcapCounts } from './counts.ts';
import type { Exchange } from './exchange.ts';
import { OpaqueTalk } from './opaque-talk.ts';
import type { Address, Packet, TcpHeader } from './packet.ts';
import { NameQuestions } from './protocols/dns-questions.ts';

/** Connections that are followed at once; beyond, those that were silent longest are let go. */
const MAX_CONNECTIONS = 50_000;
/** Connections that are remembered after their end: what is sent again then is no new one. */
const MAX_CLOSED = 4_096;

/** Who asked whom, and on which connection. */
export interface Exchanged extends Exchange {
  readonly connection: number;
  readonly client: Address;
  readonly server: Address;
}

/** Sorts packets into connections, and hears what is said on them. */
export class Connections {
  readonly counts: PcapCounts = noCounts();
  readonly opaque = new OpaqueTalk();
  readonly #open = new Map<string, Connection>();
  readonly #closed = new Map<string, Connection>();
  readonly #names: NameQuestions;
  readonly #memory: Memory = new Map();
  readonly #tell: (exchanged: Exchanged) => void;
  #numbers = 0;
  #now = 0;

  constructor(tell: (exchanged: Exchanged) => void) {
    this.#tell = tell;
    this.#names = new NameQuestions((client, server) =>
      this.#listener(0, () => ({ client, server })),
    );
  }

  add(packet: Packet): void {
    this.#now = packet.now;
    if (packet.tcp) this.#segment(packet, packet.tcp);
    else this.#names.packet(packet);
  }

  /** The capture has ended. */
  end(): void {
    for (const key of [...this.#open.keys()]) this.#close(key);
    this.#names.close();
  }

  #segment({ now, src, dst, payload }: Packet, tcp: TcpHeader): void {
    const from = `${src.ip} ${src.port}`;
    const to = `${dst.ip} ${dst.port}`;
    const key = from < to ? `${from} ${to}` : `${to} ${from}`;
    let connection = this.#open.get(key);
    // The ports are used again; a handshake that is sent again begins nothing new.
    const isNew = tcp.syn && !tcp.ack && !connection?.isRepeat(src, dst, tcp);
    if (connection?.isUsed && isNew) {
      this.#close(key);
      connection = undefined;
    }
    if (!connection) {
      if (tcp.length === 0 && !tcp.syn) return;
      if (this.#closed.get(key)?.isRepeat(src, dst, tcp)) return;
      connection = this.#begin();
    } else this.#open.delete(key);
    // Behind the others: the first of the map is the one that was silent longest.
    this.#open.set(key, connection);
    connection.segment(src, dst, tcp, payload, now);
    if (tcp.rst || connection.isOver) this.#close(key);
    else if (this.#open.size > MAX_CONNECTIONS) {
      this.#close(this.#open.keys().next().value as string);
    }
  }

  #begin(): Connection {
    const number = ++this.#numbers;
    const connection: Connection = new Connection(
      this.#listener(number, () => connection.ends),
      this.#memory,
      this.counts,
      (unread) => this.opaque.add(unread),
    );
    return connection;
  }

  #close(key: string): void {
    const connection = this.#open.get(key);
    if (!connection) return;
    connection.close(this.#now);
    this.#open.delete(key);
    this.#closed.delete(key);
    this.#closed.set(key, connection);
    if (this.#closed.size > MAX_CLOSED) {
      this.#closed.delete(this.#closed.keys().next().value as string);
    }
  }

  #listener(connection: number, ends: () => { client: Address; server: Address }): Listener {
    return {
      call: (exchange) => {
        const { client, server } = ends();
        const [from, to] = exchange.isPushed ? [server, client] : [client, server];
        this.#tell({ ...exchange, client: from, server: to, connection });
      },
      orphan: () => {
        this.counts.orphans++;
      },
      unnamed: () => {
        this.counts.unnamed++;
      },
    };
  }
}
