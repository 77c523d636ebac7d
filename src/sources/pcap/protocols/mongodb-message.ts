import { constants, inflateSync, zstdDecompressSync } from 'node:zlib';
import { snappyBeginning } from '../wire/compression.ts';
import type { Frame } from '../wire/frames.ts';
import { MAX_BODY } from '../wire/kept-bytes.ts';

export const HEAD = 16;
const OP_COMPRESSED = 2012;
const COMPRESSED_HEAD = HEAD + 9;
/** Of messages, as servers bound them. */
export const MAX_SIZE = 48_000_000 + 16 * 1024;

/** One message, decompressed. */
export interface MongoMessage {
  readonly id: number;
  /** The id of the message that it answers. */
  readonly answers: number;
  readonly code: number;
  /** As if it had come uncompressed; the beginning of one that is longer than what is kept. */
  readonly bytes: Buffer;
  readonly isCut: boolean;
}

/** Throws RangeError for what is compressed in no known way. */
export function messageIn({ bytes, size }: Frame): MongoMessage {
  const id = bytes.readInt32LE(4);
  const answers = bytes.readInt32LE(8);
  const code = bytes.readInt32LE(12);
  if (code !== OP_COMPRESSED) return { id, answers, code, bytes, isCut: bytes.length < size };
  const whole = bytes.readInt32LE(HEAD + 4);
  if (whole < 0 || whole > MAX_SIZE) throw new RangeError('no message');
  const body = decompressed(bytes.readUInt8(HEAD + 8), bytes.subarray(COMPRESSED_HEAD));
  return {
    id,
    answers,
    code: bytes.readInt32LE(HEAD),
    bytes: Buffer.concat([bytes.subarray(0, HEAD), body]),
    isCut: body.length < whole,
  };
}

function decompressed(compressor: number, bytes: Buffer): Buffer {
  switch (compressor) {
    case 0:
      return bytes;
    case 1:
      return snappyBeginning(bytes, MAX_BODY);
    case 2:
      return beginning(bytes, (part) =>
        inflateSync(part, { maxOutputLength: MAX_BODY, finishFlush: constants.Z_SYNC_FLUSH }),
      );
    case 3:
      return beginning(bytes, (part) =>
        zstdDecompressSync(part, {
          maxOutputLength: MAX_BODY,
          finishFlush: constants.ZSTD_e_flush,
        }),
      );
    default:
      throw new RangeError('no compressor');
  }
}

/** What the bytes begin with; of what is larger than what is kept, as long a beginning as a part of them gives. */
function beginning(bytes: Buffer, decompress: (part: Buffer) => Buffer): Buffer {
  let found: Buffer = Buffer.alloc(0);
  let [fits, tooLong] = [0, bytes.length + 1];
  for (let length = bytes.length; length > fits; length = (fits + tooLong) >> 1) {
    try {
      found = decompress(bytes.subarray(0, length));
      if (length === bytes.length || found.length > MAX_BODY / 2) return found;
      fits = length;
    } catch (error) {
      if (!(error instanceof RangeError)) throw new RangeError('not compressed so');
      tooLong = length;
    }
  }
  return found;
}
