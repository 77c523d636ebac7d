import type { Exchange } from './exchange.ts';

/** Reads both directions of one connection. Bytes come in order, in any cuts; `now` is Unix ms. */
export interface Conversation {
  /** What the client sent. Throws RangeError for what the protocol doesn't say. */
  request(bytes: Buffer, now: number): void;
  /** What the server sent, likewise. */
  response(bytes: Buffer, now: number): void;
  /** The connection is gone, or can't be followed any more: what was begun is told as it stands. */
  close(now: number): void;
}

/** Who hears what a conversation finds. */
export interface Listener {
  call(exchange: Exchange): void;
  /** An answer whose request was not seen. */
  orphan(): void;
  /** A call whose name, or statement, was sent before the capture began. */
  unnamed(): void;
  /** From here on the connection can't be read: it is encrypted, or in a form that is not known. */
  opaque?(): void;
}

/** What connections of one capture told that others of it need to be read. */
export type Memory = Map<string, string>;

export type Side = 'client' | 'server';

/** A protocol that is read from connections. */
export interface ConnectionProtocol {
  readonly name: string;
  /** The ports that it is usually served on. */
  readonly ports: readonly number[];
  /**
   * Whose bytes these are, where they begin a message of this protocol; undefined where they don't.
   * What could be another protocol's as well is enough on a usual port.
   */
  recognise(bytes: Buffer, isUsualPort: boolean): Side | undefined;
  open(listener: Listener, memory?: Memory): Conversation;
}
