import { zstdDecompressSync } from 'node:zlib';
import { compressionOf } from '../../support/inflate.ts';
import type { Defects } from '../ndjson-records.ts';

/** Longer messages are skipped; a collector's batches are some megabytes. */
export const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;
const LENGTH_BYTES = 4;
const TRACES = 0x0a;

/**
 * Whether a file begins as the collector's file exporter writes what is no JSON line: the length of a
 * message (32 bits, big-endian), then the message: protobuf, or compressed with zstd.
 */
export function isFramed(start: Buffer): boolean {
  if (start.length < LENGTH_BYTES + 2) return false;
  const length = start.readUInt32BE(0);
  if (length < 2 || length > MAX_MESSAGE_BYTES) return false;
  const message = start.subarray(LENGTH_BYTES, LENGTH_BYTES + length);
  if (compressionOf(message) === 'zstd') return true;
  if (message.subarray(0, 16).toString('latin1').startsWith('{"resource')) return true;
  return message[0] === TRACES && fits(message, length);
}

/** Whether the length of the first field ends inside the message. */
function fits(message: Buffer, length: number): boolean {
  let value = 0;
  for (let i = 1; i < Math.min(message.length, 6); i++) {
    const byte = message[i] as number;
    value += (byte & 0x7f) * 2 ** (7 * (i - 1));
    if (byte < 0x80) return value > 0 && i + 1 + value <= length;
  }
  return false;
}

/** The messages of such a file, decompressed; undefined for one that is too long or damaged. */
export async function* messagesOf(
  chunks: AsyncIterable<Uint8Array>,
  defects: Defects,
): AsyncGenerator<Buffer | undefined> {
  let parts: Uint8Array[] = [];
  let held = 0;
  let skip = 0;
  let wanted = LENGTH_BYTES;
  for await (const chunk of chunks) {
    const skipped = Math.min(skip, chunk.length);
    skip -= skipped;
    parts.push(chunk.subarray(skipped));
    held += chunk.length - skipped;
    if (skip > 0 || held < wanted) continue;
    let rest = Buffer.concat(parts);
    wanted = LENGTH_BYTES;
    while (rest.length >= LENGTH_BYTES) {
      const length = rest.readUInt32BE(0);
      const end = LENGTH_BYTES + length;
      if (length > MAX_MESSAGE_BYTES) {
        yield undefined;
        skip = Math.max(0, end - rest.length);
      } else if (rest.length < end) {
        wanted = end;
        break;
      } else yield decompressed(rest.subarray(LENGTH_BYTES, end));
      rest = rest.subarray(Math.min(end, rest.length));
    }
    parts = [rest];
    held = rest.length;
  }
  if (held > 0 || skip > 0) defects.cut = true;
}

function decompressed(message: Buffer): Buffer | undefined {
  if (compressionOf(message) !== 'zstd') return message;
  try {
    return zstdDecompressSync(message, { maxOutputLength: MAX_MESSAGE_BYTES });
  } catch {
    return undefined;
  }
}
