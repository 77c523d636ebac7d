import { isUtf8 } from 'node:buffer';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { lz4Frame, snappy } from '../wire/compression.ts';
import { Fields } from '../wire/fields.ts';
import { MAX_BODY } from '../wire/kept-bytes.ts';

const MAGIC = 2;
const SEAL = 17;
const BATCH_HEAD = 61;
const CODEC = 0x7;
const CONTROL = 0x20;

export interface KafkaRecord {
  readonly key?: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
  /** JSON as it is, other text as text; left out where it is neither. */
  readonly value?: unknown;
}

/**
 * The records of each partition, as many as there are: undefined where one can't be read to its end, or
 * all together are larger than what is kept of a body. Batches of before 2017 have none.
 */
export function recordsIn(partitions: readonly Buffer[]): KafkaRecord[][] | undefined {
  let left = MAX_BODY;
  try {
    return partitions.map((partition) => {
      const found: KafkaRecord[] = [];
      for (const batch of eachBatch(partition)) left -= readBatch(batch, left, found);
      return found;
    });
  } catch {
    return undefined;
  }
}

/** What a broker gives to consumers as producers gave it: the checksum of each batch, and the head behind it. */
export function sealsOf(partitions: readonly Buffer[]): string[] {
  return partitions.flatMap((partition) =>
    [...eachBatch(partition)].map((batch) => batch.toString('latin1', SEAL, BATCH_HEAD)),
  );
}

/** The batches of a partition; without the last one where it is cut, unless it is the only one. */
function* eachBatch(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at + BATCH_HEAD <= bytes.length; ) {
    const end = at + 12 + bytes.readInt32BE(at + 8);
    if (end > bytes.length && at > 0) break;
    if (bytes[at + 16] === MAGIC) yield bytes.subarray(at, end);
    at = Math.max(end, at + BATCH_HEAD);
  }
}

/** Adds its records, and tells how many bytes they are, decompressed. Throws for more than `most`. */
function readBatch(batch: Buffer, most: number, into: KafkaRecord[]): number {
  const attributes = batch.readInt16BE(21);
  if (attributes & CONTROL) return 0;
  const count = batch.readInt32BE(57);
  const bytes = decompressed(attributes & CODEC, batch.subarray(BATCH_HEAD), most);
  if (bytes.length > most) throw new RangeError('larger than what is kept');
  const fields = new Fields(bytes);
  for (let i = 0; i < count; i++) into.push(readRecord(fields));
  return bytes.length;
}

function decompressed(codec: number, bytes: Buffer, most: number): Buffer {
  const options = { maxOutputLength: Math.max(1, most) };
  switch (codec) {
    case 0:
      return bytes;
    case 1:
      return gunzipSync(bytes, options);
    case 2:
      return snappy(bytes, most);
    case 3:
      return lz4Frame(bytes, most);
    case 4:
      return zstdDecompressSync(bytes, options);
    default:
      throw new RangeError('no codec');
  }
}

function readRecord(fields: Fields): KafkaRecord {
  varint(fields);
  fields.bytes(1);
  varint(fields);
  varint(fields);
  const key = bytesOf(fields);
  const value = bytesOf(fields);
  const headers = fields.list(varint(fields), (): [string, unknown] => [
    bytesOf(fields)?.toString('utf8') ?? '',
    textOf(bytesOf(fields)),
  ]);
  const plain = value === null ? null : jsonOf(value);
  return {
    ...(key && { key: textOf(key) }),
    ...(headers.length > 0 && { headers: Object.fromEntries(headers) }),
    ...(plain !== undefined && { value: plain }),
  };
}

function bytesOf(fields: Fields): Buffer | null {
  const length = varint(fields);
  return length < 0 ? null : fields.bytes(length);
}

function textOf(bytes: Buffer | null): string | null | undefined {
  if (bytes === null) return null;
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

function jsonOf(bytes: Buffer): unknown {
  const text = textOf(bytes);
  if (text === undefined || text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Avro and Protobuf begin with the zero of a schema registry; text has none.
    return text.includes('\0') ? undefined : text;
  }
}

/** Signed, in zigzag. */
function varint(fields: Fields): number {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = fields.uint8();
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return Number((value >> 1n) ^ -(value & 1n));
  }
  throw new RangeError('a number that long');
}
