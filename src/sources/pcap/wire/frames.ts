import { ByteQueue } from './byte-queue.ts';
import { MAX_BODY } from './kept-bytes.ts';

/** One message of a protocol that tells its messages' lengths. */
export interface Frame {
  /** With its head; the beginning of one that is longer than what is kept. */
  readonly bytes: Buffer;
  /** Bytes on the wire. */
  readonly size: number;
  /** Unix ms: when its first and its last byte came. */
  readonly start: number;
  readonly end: number;
}

/** How messages are delimited. Both may depend on what was read before. */
export interface Framing {
  /** Bytes that tell the length. */
  head(): number;
  /**
   * Bytes of the whole message, head included; undefined where the head is longer than thought, which
   * `head` then tells. Throws RangeError for what can't be a message.
   */
  size(head: Buffer): number | undefined;
}

/** Cuts one direction of a connection into messages: any cut of the bytes gives the same ones. */
export class Frames {
  readonly #framing: Framing;
  readonly #queue = new ByteQueue();
  #start: number | undefined;
  #skip = 0;

  constructor(framing: Framing) {
    this.#framing = framing;
  }

  push(chunk: Buffer, now: number): void {
    const skipped = Math.min(this.#skip, chunk.length);
    this.#skip -= skipped;
    if (skipped === chunk.length) return;
    this.#queue.push(skipped === 0 ? chunk : chunk.subarray(skipped));
    this.#start ??= now;
  }

  /** One raw byte, where a protocol has such an answer. */
  byte(): number | undefined {
    const [byte] = this.#queue.peek(1) ?? [];
    if (byte !== undefined) this.#queue.drop(1);
    return byte;
  }

  /** The next whole message, if it is there. */
  next(now: number): Frame | undefined {
    let head = this.#queue.peek(this.#framing.head());
    let size = head && this.#framing.size(head);
    if (head && size === undefined) {
      head = this.#queue.peek(this.#framing.head());
      size = head && this.#framing.size(head);
    }
    if (!head || size === undefined) return undefined;
    if (size < head.length) throw new RangeError('a message shorter than its head');
    const kept = Math.min(size, MAX_BODY);
    const bytes = this.#queue.peek(kept);
    if (!bytes) return undefined;
    const there = Math.min(size, this.#queue.length);
    this.#queue.drop(there);
    this.#skip = size - there;
    const start = this.#start ?? now;
    this.#start = this.#queue.length > 0 ? now : undefined;
    return { bytes, size, start, end: now };
  }
}
