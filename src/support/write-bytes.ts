import { lstat, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CaptureError } from './errors.ts';
import { temporaryName } from './temporary-name.ts';

/** What else the system says in terms of calls and names of its own. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EEXIST: 'a file is where its folder would be',
  EISDIR: 'it is a directory: name a file in it',
  ENOTDIR: 'a file is where its folder would be',
  EROFS: 'the file system is read-only',
};

/** Writes a whole file or none; throws CaptureError naming it. A pipe or a device is written to as it is. */
export async function writeBytes(path: string, bytes: Uint8Array): Promise<void> {
  try {
    if (await isStream(path)) await writeFile(path, bytes);
    else await replace(path, bytes);
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    throw new CaptureError(`cannot write ${path}: ${REASONS[code] ?? message}`, { cause });
  }
}

async function replace(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = temporaryName(path);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(bytes);
      // Else the new name may outlive a crash of the machine, and the bytes may not.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** What no file may take the place of: `/dev/null` would be one for all programs. */
async function isStream(path: string): Promise<boolean> {
  if (/^\/(?:dev|proc)\//.test(resolve(path))) return true;
  const stats = await lstat(path).catch(() => undefined);
  return (
    stats !== undefined && (stats.isFIFO() || stats.isCharacterDevice() || stats.isBlockDevice())
  );
}
