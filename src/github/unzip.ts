import { crc32, inflateRawSync } from 'node:zlib';
import { visible } from '../support/escape.ts';

/** Signatures and sizes of APPNOTE.TXT 6.3, the format's description. */
const END = { signature: 0x06054b50, size: 22, maxComment: 0xffff };
const CENTRAL = { signature: 0x02014b50, size: 46 };
const LOCAL = { signature: 0x04034b50, size: 30 };
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 0x1;

/**
 * The content of the one file that a zip archive holds, of at most `maxBytes`. It is never unpacked
 * to a disk. Throws RangeError with the reason: for more files, a path, a bomb, a wrong checksum.
 */
export function unzipOnly(zip: Uint8Array, maxBytes: number): Buffer {
  const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  try {
    return read(bytes, maxBytes);
  } catch (error) {
    // Reading beyond the end, or what zlib says of a damaged or swollen stream.
    if (error instanceof RangeError && !('code' in error)) throw error;
    throw new RangeError(
      `the archive is damaged: ${error instanceof Error ? error.message : error}`,
    );
  }
}

function read(zip: Buffer, maxBytes: number): Buffer {
  const end = findEnd(zip);
  const count = zip.readUInt16LE(end + 10);
  if (count !== 1) throw new RangeError(`the archive holds ${count} files, not one`);
  const at = zip.readUInt32LE(end + 16);
  if (zip.readUInt32LE(at) !== CENTRAL.signature)
    throw new RangeError('the archive has no directory');
  const name = zip.toString(
    'utf8',
    at + CENTRAL.size,
    at + CENTRAL.size + zip.readUInt16LE(at + 28),
  );
  if (name === '' || /[/\\\0]|^\.\.?$/.test(name)) {
    throw new RangeError(
      `the archive holds ${visible(name, 80)}, which is no plain name of a file`,
    );
  }
  if ((zip.readUInt16LE(at + 8) & ENCRYPTED) !== 0)
    throw new RangeError('the archive is encrypted');
  const size = zip.readUInt32LE(at + 24);
  if (size > maxBytes) throw new RangeError(`the archive's file has more than ${maxBytes} bytes`);
  const content = inflate(zip.readUInt16LE(at + 10), packed(zip, at), size);
  if (content.length !== size)
    throw new RangeError("the archive's file is not of the size it says");
  if (crc32(content) !== zip.readUInt32LE(at + 16)) {
    throw new RangeError("the archive's file does not have its checksum");
  }
  return content;
}

function packed(zip: Buffer, central: number): Buffer {
  const local = zip.readUInt32LE(central + 42);
  if (zip.readUInt32LE(local) !== LOCAL.signature)
    throw new RangeError('the archive has no such file');
  const start = local + LOCAL.size + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const end = start + zip.readUInt32LE(central + 20);
  if (end > zip.length) throw new RangeError('the archive is cut');
  return zip.subarray(start, end);
}

function inflate(method: number, data: Buffer, size: number): Buffer {
  if (method === STORED) return Buffer.from(data);
  if (method !== DEFLATED) throw new RangeError(`the archive is packed by method ${method}`);
  return inflateRawSync(data, { maxOutputLength: Math.max(1, size) });
}

/** The record at the archive's end, before a comment. */
function findEnd(zip: Buffer): number {
  const last = zip.length - END.size;
  for (let at = last; at >= Math.max(0, last - END.maxComment); at--) {
    if (
      zip.readUInt32LE(at) === END.signature &&
      at + END.size + zip.readUInt16LE(at + 20) === zip.length
    ) {
      return at;
    }
  }
  throw new RangeError('it is no zip archive');
}
