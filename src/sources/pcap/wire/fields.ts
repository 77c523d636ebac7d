/** Reads the fields of one message in turn. Throws RangeError past its end. */
export class Fields {
  readonly #bytes: Buffer;
  at: number;

  constructor(bytes: Buffer, at = 0) {
    this.#bytes = bytes;
    this.at = at;
  }

  get left(): number {
    return this.#bytes.length - this.at;
  }

  uint8(): number {
    return this.#bytes.readUInt8(this.#step(1));
  }

  uint16(): number {
    return this.#bytes.readUInt16BE(this.#step(2));
  }

  int16(): number {
    return this.#bytes.readInt16BE(this.#step(2));
  }

  uint32(): number {
    return this.#bytes.readUInt32BE(this.#step(4));
  }

  int32(): number {
    return this.#bytes.readInt32BE(this.#step(4));
  }

  bytes(count: number): Buffer {
    if (count < 0 || count > this.left) throw new RangeError('past the end of a message');
    const from = this.#step(count);
    return this.#bytes.subarray(from, from + count);
  }

  text(count: number): string {
    return this.bytes(count).toString('utf8');
  }

  /** Text up to a zero byte. */
  zeroText(): string {
    const end = this.#bytes.indexOf(0, this.at);
    if (end < 0) throw new RangeError('text without its end');
    const text = this.#bytes.toString('utf8', this.at, end);
    this.at = end + 1;
    return text;
  }

  /** At most `most` items; the count is what a message says, which may be anything. */
  list<T>(count: number, item: () => T, most = 10_000): T[] {
    const items: T[] = [];
    for (let i = 0; i < count && i < most; i++) items.push(item());
    return items;
  }

  #step(count: number): number {
    const at = this.at;
    this.at += count;
    return at;
  }
}
