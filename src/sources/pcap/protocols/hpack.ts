import { Fields } from '../wire/fields.ts';
import { decodeHuffman } from './hpack-huffman.ts';
import { STATIC_TABLE } from './hpack-static.ts';

type Header = readonly [name: string, value: string];

const INITIAL_SIZE = 4096;
const MAX_SIZE = 1024 * 1024;
const MAX_HEADERS = 512;
/** What an entry counts beside its text. RFC 7541, 4.1. */
const OVERHEAD = 32;

/** Decodes the header blocks of one direction of an HTTP/2 connection, in order. RFC 7541. */
export class HpackDecoder {
  readonly #table: Header[] = [];
  #size = 0;
  #maxSize = INITIAL_SIZE;

  /**
   * The headers of a block; undefined stands for one that was sent before the capture began.
   * Throws RangeError for what is no block.
   */
  decode(block: Buffer): (Header | undefined)[] {
    const fields = new Fields(block);
    const headers: (Header | undefined)[] = [];
    while (fields.left > 0) {
      const first = fields.uint8();
      if (first >= 0x80) headers.push(this.#entry(readInteger(fields, first, 7)));
      else if (first >= 0x40) {
        const header = this.#literal(fields, readInteger(fields, first, 6));
        headers.push(header);
        this.#add(header ?? ['', '']);
      } else if (first >= 0x20) this.#resize(readInteger(fields, first, 5));
      else headers.push(this.#literal(fields, readInteger(fields, first, 4)));
      if (headers.length > MAX_HEADERS) throw new RangeError('too many headers');
    }
    return headers;
  }

  #literal(fields: Fields, index: number): Header | undefined {
    const name = index === 0 ? readText(fields) : this.#entry(index)?.[0];
    const value = readText(fields);
    return name === undefined ? undefined : [name, value];
  }

  #entry(index: number): Header | undefined {
    if (index === 0) throw new RangeError('no header has index 0');
    const found = STATIC_TABLE[index - 1] ?? this.#table[index - 1 - STATIC_TABLE.length];
    return found?.[0] === '' ? undefined : found;
  }

  #add(header: Header): void {
    this.#table.unshift(header);
    this.#size += sizeOf(header);
    this.#evict();
  }

  #resize(size: number): void {
    if (size > MAX_SIZE) throw new RangeError('a table that large');
    this.#maxSize = size;
    this.#evict();
  }

  #evict(): void {
    while (this.#size > this.#maxSize) {
      const last = this.#table.pop();
      if (!last) return;
      this.#size -= sizeOf(last);
    }
  }
}

function sizeOf([name, value]: Header): number {
  return Buffer.byteLength(name) + Buffer.byteLength(value) + OVERHEAD;
}

/** An integer whose first bits stand in `first`. RFC 7541, 5.1. */
function readInteger(fields: Fields, first: number, bits: number): number {
  const most = 2 ** bits - 1;
  let value = first & most;
  if (value < most) return value;
  for (let shift = 0; shift < 28; shift += 7) {
    const byte = fields.uint8();
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
  throw new RangeError('an integer that large');
}

function readText(fields: Fields): string {
  const first = fields.uint8();
  const bytes = fields.bytes(readInteger(fields, first, 7));
  return first >= 0x80 ? decodeHuffman(bytes) : bytes.toString('utf8');
}
