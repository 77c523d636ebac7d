import type { Fields } from '../wire/fields.ts';

const MAX_ITEMS = 10_000;

/** Fields of a message in the form of its version: plain, or compact and tagged. */
export class KafkaFields {
  readonly fields: Fields;
  readonly #isFlexible: boolean;

  constructor(fields: Fields, isFlexible: boolean) {
    this.fields = fields;
    this.#isFlexible = isFlexible;
  }

  skip(count: number): void {
    this.fields.bytes(count);
  }

  text(): string {
    const length = this.#isFlexible ? this.#varint() - 1 : this.fields.int16();
    return this.fields.text(Math.max(0, length));
  }

  uuid(): string {
    return this.fields.bytes(16).toString('hex');
  }

  /** Records, of which a long message has only the beginning. */
  records(): Buffer {
    const length = this.#isFlexible ? this.#varint() - 1 : this.fields.int32();
    return this.fields.bytes(Math.min(Math.max(0, length), this.fields.left));
  }

  /** Ends without complaint where a long message does. */
  list<T>(item: () => T): T[] {
    const count = this.#isFlexible ? this.#varint() - 1 : this.fields.int32();
    const items: T[] = [];
    for (let i = 0; i < count && i < MAX_ITEMS && this.fields.left > 0; i++) items.push(item());
    return items;
  }

  tags(): void {
    if (!this.#isFlexible || this.fields.left === 0) return;
    const count = this.#varint();
    for (let i = 0; i < count; i++) {
      this.#varint();
      this.fields.bytes(this.#varint());
    }
  }

  #varint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.fields.uint8();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError('a number that long');
  }
}
