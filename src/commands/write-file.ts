import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CaptureError } from '../support/errors.ts';

/** Writes a whole file or none (a name ending in .gz is compressed); throws CaptureError naming it. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, path.endsWith('.gz') ? gzipSync(text) : text);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CaptureError(`cannot write ${path}: ${reason}`, { cause });
  }
}
