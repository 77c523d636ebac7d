/** Pieces of binary protocols, to put messages together from. */
export const int16 = (value: number) => Buffer.from([(value >> 8) & 255, value & 255]);

export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

export function int32LE(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

/** Text behind its length in one byte. */
export const text8 = (text: string) => bytesOf([text.length], text);

/** Text behind its length in two bytes. */
export const text16 = (text: string) => bytesOf(int16(text.length), text);

export type Piece = string | Uint8Array | readonly number[];

export function bytesOf(...parts: readonly Piece[]): Buffer {
  return Buffer.concat(
    parts.map((part) =>
      typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part),
    ),
  );
}
