import { constants, gzipSync, zstdCompressSync } from 'node:zlib';
import { compressionOf, inflate } from '../support/inflate.ts';
import type { Place } from './place.ts';

/** No stored text is longer once it is inflated. */
const MAX_TEXT_BYTES = 512 * 1024 * 1024;

export type Compression = 'none' | 'gzip' | 'zstd';

/** How a place keeps its bytes: a file as its name says, all others compressed. */
export function compressionFor(place: Place): Compression {
  if (place.kind !== 'file') return 'zstd';
  if (place.path.endsWith('.gz')) return 'gzip';
  return place.path.endsWith('.zst') ? 'zstd' : 'none';
}

/** The bytes of a text; the same text gives the same bytes. */
export function packed(text: string, compression: Compression): Buffer {
  if (compression === 'gzip') return gzipSync(text);
  if (compression === 'none') return Buffer.from(text);
  // Without its flag the format has no checksum, and a flipped bit may go unseen.
  return zstdCompressSync(text, { params: { [constants.ZSTD_c_checksumFlag]: 1 } });
}

/** The text of bytes, however they are compressed. Throws RangeError for what inflates to too much. */
export async function unpacked(bytes: Uint8Array, limit = MAX_TEXT_BYTES): Promise<string> {
  const compression = compressionOf(bytes);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of compression ? inflate(only(bytes), compression) : only(bytes)) {
    length += part.length;
    if (length > limit) throw new RangeError(`it holds more than ${limit} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
