/** Reads choices from an input, so that any input makes some structure: past its end all are the first. */
export class Draw {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  byte(): number {
    return this.#bytes[this.#at++] ?? 0;
  }

  /** From 0 up to before `bound`, which is at most 65,536. */
  below(bound: number): number {
    return (bound <= 256 ? this.byte() : this.byte() * 256 + this.byte()) % bound;
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }

  flag(): boolean {
    return (this.byte() & 1) === 1;
  }

  bytes(count: number): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(this.#at, this.#at + count));
    this.#at += count;
    return taken;
  }

  /** Any number that a double can be. */
  double(): number {
    return Buffer.concat([this.bytes(8), Buffer.alloc(8)]).readDoubleBE(0);
  }

  /** Text up to a zero byte, at most `most` bytes of it. */
  text(most = 64): string {
    const end = this.#bytes.indexOf(0, this.#at);
    const length = Math.min(most, (end < 0 ? this.#bytes.length : end) - this.#at);
    const text = this.bytes(Math.max(0, length)).toString('utf8');
    if (end === this.#at) this.#at++;
    return text;
  }
}
