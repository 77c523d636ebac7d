import { compressionFor, packed } from '../store/compression.ts';
import { writeBytes } from '../support/write-bytes.ts';

/**
 * Writes a whole file or none, compressed if its name ends in .gz or .zst; throws CaptureError naming
 * it.
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  await writeBytes(path, packed(text, compressionFor({ kind: 'file', path })));
}
