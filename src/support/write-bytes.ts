import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CaptureError } from './errors.ts';

/** Writes a whole file or none; throws CaptureError naming it. */
export async function writeBytes(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(bytes);
      // Else the new name may outlive a crash of the machine, and the bytes may not.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CaptureError(`cannot write ${path}: ${reason}`, { cause });
  }
}
