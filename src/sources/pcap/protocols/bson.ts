/** A document as plain JSON; what JSON has no type for becomes text. */
export type BsonDocument = Record<string, unknown>;

const MAX_DEPTH = 64;
const MAX_ELEMENTS = 10_000;
const MIN_SIZE = 5;
const DOCUMENT = 0x03;
/** Documents that are read of those that lie one behind the other, or in an array. */
const MAX_DOCUMENTS = 20;

/** Reads BSON (bsonspec.org, 1.1). Throws RangeError for what is none. */
export class BsonReader {
  /** Whether more was there than could be read. */
  isCut = false;
  readonly #bytes: Buffer;
  readonly #isPartial: boolean;
  #at = 0;
  #elements = 0;

  /** `isPartial`: the bytes are the beginning of more, so what runs past their end is cut. */
  constructor(bytes: Buffer, isPartial: boolean) {
    this.#bytes = bytes;
    this.#isPartial = isPartial;
  }

  /** The document that begins there. */
  document(from: number): BsonDocument {
    const found: BsonDocument[] = [];
    this.#within(() => {
      this.#at = from;
      found.push(this.#document(0));
    });
    return found[0] ?? {};
  }

  /** The first of the documents that lie there one behind the other. */
  documents(from: number, to: number): BsonDocument[] {
    const found: BsonDocument[] = [];
    this.#within(() => {
      for (let at = from; at < to && found.length < MAX_DOCUMENTS; ) {
        const size = this.#bytes.readInt32LE(at);
        this.#at = at;
        found.push(this.#document(0));
        at += Math.max(MIN_SIZE, size);
      }
    });
    return found;
  }

  /** Does what reads on; where it comes to the end of bytes that are a beginning, what was read stays. */
  #within(read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!this.#isPartial || !(error instanceof RangeError)) throw error;
      this.isCut = true;
    }
  }

  #document(depth: number): BsonDocument {
    const entries: [string, unknown][] = [];
    this.#elementsOf(depth, (type) => {
      const name = this.#zeroText();
      entries.push([name, this.#value(type, depth)]);
    });
    return Object.fromEntries(entries);
  }

  #array(depth: number): unknown[] {
    const values: unknown[] = [];
    this.#elementsOf(depth, (type) => {
      this.#zeroText();
      if (type !== DOCUMENT || values.length < MAX_DOCUMENTS) {
        values.push(this.#value(type, depth));
        return;
      }
      this.#elements--;
      this.#step(Math.max(MIN_SIZE, this.#bytes.readInt32LE(this.#at)));
    });
    return values;
  }

  #elementsOf(depth: number, read: (type: number) => void): void {
    const size = this.#bytes.readInt32LE(this.#at);
    const end = this.#at + size;
    if (depth > MAX_DEPTH || size < MIN_SIZE) throw new RangeError('no BSON');
    this.#step(4);
    this.#within(() => {
      while (this.#at < end - 1) {
        if (++this.#elements > MAX_ELEMENTS) {
          this.isCut = true;
          return;
        }
        read(this.#bytes.readUInt8(this.#step(1)));
      }
    });
    this.#at = end;
  }

  #value(type: number, depth: number): unknown {
    switch (type) {
      case 0x01:
        return this.#bytes.readDoubleLE(this.#step(8));
      case 0x02:
      case 0x0d:
      case 0x0e:
        return this.#text();
      case DOCUMENT:
        return this.#document(depth + 1);
      case 0x04:
        return this.#array(depth + 1);
      case 0x05: {
        const size = this.#bytes.readInt32LE(this.#step(4));
        this.#step(1);
        return this.#take(size).toString('base64');
      }
      case 0x06:
      case 0x0a:
      case 0x7f:
      case 0xff:
        return null;
      case 0x07:
        return this.#take(12).toString('hex');
      case 0x08:
        return this.#bytes.readUInt8(this.#step(1)) === 1;
      case 0x09:
        return dateOf(this.#bytes.readBigInt64LE(this.#step(8)));
      case 0x0b:
        return `/${this.#zeroText()}/${this.#zeroText()}`;
      case 0x0c:
        return `${this.#text()} ${this.#take(12).toString('hex')}`;
      case 0x0f: {
        const end = this.#at + this.#bytes.readInt32LE(this.#at);
        this.#step(4);
        const code = this.#text();
        this.#at = end;
        return code;
      }
      case 0x10:
        return this.#bytes.readInt32LE(this.#step(4));
      case 0x11:
        return this.#bytes.readBigUInt64LE(this.#step(8)).toString();
      case 0x12:
        return integer(this.#bytes.readBigInt64LE(this.#step(8)));
      case 0x13:
        return this.#take(16).toString('hex');
      default:
        throw new RangeError('no BSON type');
    }
  }

  #text(): string {
    const size = this.#bytes.readInt32LE(this.#step(4));
    return this.#take(size).toString('utf8', 0, Math.max(0, size - 1));
  }

  #zeroText(): string {
    const end = this.#bytes.indexOf(0, this.#at);
    if (end < 0) throw new RangeError('text without its end');
    const text = this.#bytes.toString('utf8', this.#at, end);
    this.#at = end + 1;
    return text;
  }

  #take(size: number): Buffer {
    if (size < 0 || this.#at + size > this.#bytes.length) throw new RangeError('past the end');
    const from = this.#step(size);
    return this.#bytes.subarray(from, from + size);
  }

  #step(size: number): number {
    const at = this.#at;
    this.#at += size;
    return at;
  }
}

function integer(value: bigint): number | string {
  const plain = Number(value);
  return Number.isSafeInteger(plain) ? plain : value.toString();
}

function dateOf(ms: bigint): string {
  const date = new Date(Number(ms));
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString();
}
