const XERIAL = Buffer.from('\x82SNAPPY\0', 'latin1');
const XERIAL_HEAD = 16;
const LZ4_MAGIC = 0x184d2204;

/** Snappy, raw or in the blocks that Java writes. Throws RangeError for what is none, or larger than `most`. */
export function snappy(bytes: Buffer, most: number): Buffer {
  if (!bytes.subarray(0, XERIAL.length).equals(XERIAL)) return snappyBlock(bytes, most);
  const blocks: Buffer[] = [];
  let left = most;
  for (let at = XERIAL_HEAD; at < bytes.length; ) {
    const size = bytes.readInt32BE(at);
    const block = snappyBlock(bytes.subarray(at + 4, at + 4 + size), left);
    left -= block.length;
    blocks.push(block);
    at += 4 + Math.max(0, size);
  }
  return Buffer.concat(blocks);
}

/** What raw Snappy begins with: as much as `most` and what is there of it allow. */
export function snappyBeginning(bytes: Buffer, most: number): Buffer {
  const { size, at } = snappySize(bytes);
  const out = new Output(Math.min(size, most), most);
  try {
    snappyParts(bytes, at, out);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return out.bytes();
}

function snappyBlock(bytes: Buffer, most: number): Buffer {
  const { size, at } = snappySize(bytes);
  const out = new Output(size, most);
  snappyParts(bytes, at, out);
  return out.bytes();
}

function snappySize(bytes: Buffer): { size: number; at: number } {
  let at = 0;
  let size = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = bytes.readUInt8(at++);
    size += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
  }
  return { size, at };
}

function snappyParts(bytes: Buffer, from: number, out: Output): void {
  let at = from;
  while (at < bytes.length) {
    const tag = bytes.readUInt8(at++);
    const high = tag >> 2;
    switch (tag & 3) {
      case 0: {
        const extra = high < 60 ? 0 : high - 59;
        const length = (extra === 0 ? high : bytes.readUIntLE(at, extra)) + 1;
        at += extra;
        out.literal(bytes, at, length);
        at += length;
        break;
      }
      case 1:
        out.copy(((tag >> 5) << 8) | bytes.readUInt8(at++), (high & 7) + 4);
        break;
      case 2:
        out.copy(bytes.readUInt16LE(at), high + 1);
        at += 2;
        break;
      default:
        out.copy(bytes.readUInt32LE(at), high + 1);
        at += 4;
    }
  }
}

/** An LZ4 frame; its checksums are not looked at. Throws RangeError for what is none, or larger than `most`. */
export function lz4Frame(bytes: Buffer, most: number): Buffer {
  if (bytes.readUInt32LE(0) !== LZ4_MAGIC) throw new RangeError('no LZ4 frame');
  const flags = bytes.readUInt8(4);
  const hasBlockSums = (flags & 0x10) !== 0;
  const out = new Output(most, most);
  for (let at = 7 + (flags & 0x08 ? 8 : 0) + (flags & 0x01 ? 4 : 0); ; ) {
    const head = bytes.readUInt32LE(at);
    at += 4;
    if (head === 0) return out.bytes();
    const size = head & 0x7fffffff;
    const block = bytes.subarray(at, at + size);
    if (head >= 0x80000000) out.literal(block, 0, size);
    else lz4Block(block, out);
    at += size + (hasBlockSums ? 4 : 0);
  }
}

function lz4Block(bytes: Buffer, out: Output): void {
  let at = 0;
  const length = (first: number) => {
    let all = first;
    for (let byte = first === 15 ? 255 : 0; byte === 255; all += byte) byte = bytes.readUInt8(at++);
    return all;
  };
  while (at < bytes.length) {
    const token = bytes.readUInt8(at++);
    const literals = length(token >> 4);
    out.literal(bytes, at, literals);
    at += literals;
    if (at >= bytes.length) return;
    const distance = bytes.readUInt16LE(at);
    at += 2;
    out.copy(distance, length(token & 15) + 4);
  }
}

/** What was decompressed so far, of which later parts may be copies. */
class Output {
  readonly #bytes: Buffer;
  #length = 0;

  constructor(size: number, most: number) {
    if (size > most) throw new RangeError('larger than what is kept');
    // Only what was written is read again.
    this.#bytes = Buffer.allocUnsafe(size);
  }

  literal(from: Buffer, at: number, length: number): void {
    if (at + length > from.length) throw new RangeError('past the end of a block');
    this.#room(length);
    from.copy(this.#bytes, this.#length, at, at + length);
    this.#length += length;
  }

  copy(distance: number, length: number): void {
    if (distance <= 0 || distance > this.#length) throw new RangeError('before the beginning');
    this.#room(length);
    // Byte by byte: what is copied may reach into what it makes.
    for (let i = 0; i < length; i++, this.#length++) {
      this.#bytes[this.#length] = this.#bytes[this.#length - distance] as number;
    }
  }

  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  #room(length: number): void {
    if (this.#length + length > this.#bytes.length) throw new RangeError('larger than it says');
  }
}
