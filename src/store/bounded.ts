import { MAX_STORED_BYTES } from './store.ts';

/** All bytes of a stream, of which at most MAX_STORED_BYTES are read. Throws RangeError. */
export async function bounded(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of stream) {
    length += part.length;
    if (length > MAX_STORED_BYTES)
      throw new RangeError(`it has more than ${MAX_STORED_BYTES} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
