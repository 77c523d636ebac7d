import type { ConnectionProtocol, Conversation, Listener, Memory } from './conversation.ts';
import type { PcapCounts } from './counts.ts';
import type { OpaqueConnection } from './opaque-talk.ts';
import type { Address, TcpHeader } from './packet.ts';
import { TlsHello } from './protocols/tls-hello.ts';
import { isTls, protocolOf } from './recognise-protocol.ts';
import { OrderedBytes } from './wire/ordered-bytes.ts';

/** Chunks that may come before a protocol is recognised. */
const MAX_TRIES = 200;

interface Direction {
  readonly from: Address;
  readonly bytes: OrderedBytes;
  over: boolean;
  hello?: TlsHello;
}

/** One TCP connection: puts both directions in order and finds who speaks which protocol on it. */
export class Connection {
  readonly #listener: Listener;
  readonly #memory: Memory;
  readonly #counts: PcapCounts;
  readonly #opaque: (connection: OpaqueConnection) => void;
  readonly #directions: Direction[] = [];
  #client: Direction | undefined;
  #protocol: ConnectionProtocol | undefined;
  #conversation: Conversation | undefined;
  #tries = 0;
  #isOpaque = false;
  #packets = 0;

  constructor(
    listener: Listener,
    memory: Memory,
    counts: PcapCounts,
    opaque: (connection: OpaqueConnection) => void,
  ) {
    this.#listener = { ...listener, opaque: () => this.#hide() };
    this.#memory = memory;
    this.#counts = counts;
    this.#opaque = opaque;
  }

  /** Whether it carried bytes. */
  get isUsed(): boolean {
    return this.#tries > 0 || this.#protocol !== undefined;
  }

  /** Whether both sides have said that nothing more comes. */
  get isOver(): boolean {
    return this.#directions.length === 2 && this.#directions.every(({ over }) => over);
  }

  get ends(): { client: Address; server: Address } {
    const client = this.#client as Direction;
    const server = this.#directions.find((direction) => direction !== client) as Direction;
    return { client: client.from, server: server.from };
  }

  segment(src: Address, dst: Address, tcp: TcpHeader, payload: Buffer, now: number): void {
    const direction = this.#direction(src, dst);
    if (tcp.syn) {
      direction.bytes.begin(tcp.seq);
      const [one, other] = this.#directions;
      if (!tcp.ack) this.#client = direction;
      else this.#client ??= direction === one ? other : one;
    }
    // What is sent with a handshake follows it. RFC 7413.
    const seq = tcp.syn ? (tcp.seq + 1) | 0 : tcp.seq;
    if (tcp.length > 0) direction.bytes.segment(seq, payload, tcp.length, now);
    if (tcp.fin) direction.over = true;
  }

  /** Whether this was heard before: a handshake or bytes that are sent again. */
  isRepeat(src: Address, dst: Address, tcp: TcpHeader): boolean {
    const { bytes } = this.#direction(src, dst);
    return tcp.syn ? bytes.hasBegun(tcp.seq) : bytes.hasGiven(tcp.seq, tcp.length);
  }

  close(now: number): void {
    for (const { bytes } of this.#directions) bytes.end(now);
    this.#conversation?.close(now);
    this.#conversation = undefined;
    const isUnknown = this.#protocol === undefined && this.#tries > 0;
    if (isUnknown && !this.#isOpaque) this.#counts.unknown++;
    if (this.#isOpaque || isUnknown) this.#opaque(this.#unread());
  }

  /** Who spoke without being understood; the lower port serves where no beginning was seen. */
  #unread(): OpaqueConnection {
    const [one, other] = this.#directions as [Direction, Direction];
    const greeted = this.#directions.find((direction) => direction.hello?.isClient);
    const client = this.#client ?? greeted ?? (one.from.port > other.from.port ? one : other);
    const server = client === one ? other : one;
    const asked = greeted?.hello?.name;
    return { client: client.from, server: server.from, asked, packets: this.#packets };
  }

  #direction(src: Address, dst: Address): Direction {
    if (this.#directions.length === 0) {
      this.#directions.push(this.#makeDirection(src), this.#makeDirection(dst));
    }
    const [one, other] = this.#directions as [Direction, Direction];
    return one.from.port === src.port && one.from.ip === src.ip ? one : other;
  }

  #makeDirection(from: Address): Direction {
    const direction: Direction = {
      from,
      over: false,
      bytes: new OrderedBytes({
        bytes: (chunk, now) => this.#hear(direction, chunk, now),
        gap: (now) => this.#lose(now, 'gaps'),
      }),
    };
    return direction;
  }

  #hear(from: Direction, chunk: Buffer, now: number): void {
    this.#packets++;
    if (this.#isOpaque) {
      from.hello?.push(chunk);
      return;
    }
    if (!this.#conversation && !this.#recognise(from, chunk)) return;
    try {
      if (from === this.#client) this.#conversation?.request(chunk, now);
      else this.#conversation?.response(chunk, now);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#lose(now, 'unreadable');
    }
  }

  /** The conversation can't be followed here; it is taken up again where a message begins. */
  #lose(now: number, why: 'gaps' | 'unreadable'): void {
    if (!this.#conversation) return;
    this.#counts[why]++;
    this.#conversation.close(now);
    this.#conversation = undefined;
    this.#tries = 0;
  }

  /** What was said so far is told; of what follows, who speaks to whom. */
  #hide(): void {
    this.#isOpaque = true;
    for (const direction of this.#directions) direction.hello = new TlsHello();
    this.#counts.encrypted++;
  }

  #recognise(from: Direction, chunk: Buffer): boolean {
    // Where its protocol is known, a message begins sooner or later, however much is lost before.
    if (++this.#tries > MAX_TRIES && !this.#protocol) return false;
    if (this.#tries <= 2 && isTls(chunk)) {
      this.#hide();
      from.hello?.push(chunk);
      return false;
    }
    const other = this.#directions.find((direction) => direction !== from) as Direction;
    const fromClient = this.#client && this.#client === from;
    const found = protocolOf(chunk, {
      known: this.#protocol,
      side: fromClient === undefined ? undefined : fromClient ? 'client' : 'server',
      ports: [from.from.port, other.from.port],
    });
    if (!found) return false;
    this.#protocol = found.protocol;
    this.#client ??= found.side === 'client' ? from : other;
    this.#conversation = found.protocol.open(this.#listener, this.#memory);
    return true;
  }
}
