/** Out-of-order segments that are kept until what is missing comes. */
const MAX_HELD = 256;
const MAX_HELD_BYTES = 1024 * 1024;
/** What has not come by then was not captured, ms. */
const PATIENCE_MS = 1_000;

interface Held {
  readonly seq: number;
  readonly bytes: Buffer;
  /** Bytes that were sent. */
  readonly length: number;
  readonly now: number;
}

export interface OrderedBytesListener {
  bytes(chunk: Buffer, now: number): void;
  /** Bytes are missing here. */
  gap(now: number): void;
}

/**
 * One direction of a TCP connection, put in order: what was sent again is given out once, what came
 * out of order in its place, and what never came is told as a gap. RFC 9293; sequence numbers wrap.
 */
export class OrderedBytes {
  readonly #listener: OrderedBytesListener;
  #begun: number | undefined;
  #next: number | undefined;
  #held: Held[] = [];
  #heldBytes = 0;

  constructor(listener: OrderedBytesListener) {
    this.#listener = listener;
  }

  /** The connection begins behind this sequence number; said again, it changes nothing. */
  begin(seq: number): void {
    if (this.hasBegun(seq)) return;
    this.#begun = seq;
    this.#next = (seq + 1) | 0;
  }

  hasBegun(seq: number): boolean {
    return this.#begun === seq;
  }

  /** Whether all these bytes came before. */
  hasGiven(seq: number, length: number): boolean {
    return this.#next !== undefined && ((seq + length - this.#next) | 0) <= 0;
  }

  /**
   * `length`: bytes that were sent; there are fewer in `bytes` where packets were cut when captured. What
   * was cut is missing, also where it is sent again.
   */
  segment(seq: number, bytes: Buffer, length: number, now: number): void {
    this.#next ??= seq;
    const ahead = (seq - this.#next) | 0;
    if (ahead > 0) this.#hold({ seq, bytes, length, now });
    else if (length + ahead > 0) this.#give(bytes.subarray(-ahead), length + ahead, now);
    this.#settle(now);
  }

  /** Nothing comes any more: gives out what is held. */
  end(now: number): void {
    while (this.#held.length > 0) this.#giveUp(now);
  }

  #hold(held: Held): void {
    const at = this.#held.findLastIndex(({ seq }) => ((held.seq - seq) | 0) >= 0);
    this.#held.splice(at + 1, 0, held);
    this.#heldBytes += held.bytes.length;
  }

  #settle(now: number): void {
    for (let first = this.#held[0]; first; first = this.#held[0]) {
      if (((first.seq - (this.#next as number)) | 0) <= 0) this.#giveFirst(first.now);
      else if (!this.#isLost(now)) return;
      else this.#giveUp(now);
    }
  }

  #isLost(now: number): boolean {
    if (this.#held.length > MAX_HELD || this.#heldBytes > MAX_HELD_BYTES) return true;
    return this.#held.some((held) => now - held.now > PATIENCE_MS);
  }

  #giveUp(now: number): void {
    const [first] = this.#held;
    if (!first) return;
    if (((first.seq - (this.#next as number)) | 0) > 0) {
      this.#listener.gap(now);
      this.#next = first.seq;
    }
    this.#giveFirst(first.now);
  }

  #giveFirst(now: number): void {
    const first = this.#held.shift();
    if (!first) return;
    this.#heldBytes -= first.bytes.length;
    const behind = ((this.#next as number) - first.seq) | 0;
    const left = first.length - behind;
    if (left > 0) this.#give(first.bytes.subarray(behind), left, now);
  }

  #give(bytes: Buffer, length: number, now: number): void {
    this.#next = ((this.#next as number) + length) | 0;
    if (bytes.length > 0) this.#listener.bytes(bytes, now);
    if (bytes.length < length) this.#listener.gap(now);
  }
}
