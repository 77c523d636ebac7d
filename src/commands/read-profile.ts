import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { mergeAll } from '../profile/merge-all.ts';
import type { Profile } from '../profile/profile.ts';
import { bounded } from '../store/bounded.ts';
import { decoded } from '../store/read-stored.ts';
import type { StoredBaseline } from '../store/stored-form.ts';
import { CaptureError } from '../support/errors.ts';

/** Reads a profile, of windows their whole. Throws as `readBaselineFile` does. */
export async function readProfile(path: string): Promise<Profile> {
  return mergeAll((await readBaselineFile(path)).windows);
}

/**
 * Reads the windows that a profile holds, mostly one, and where they come from (plain, gzip or zstd).
 * Throws CaptureError that names the file and the reason.
 */
export async function readBaselineFile(
  path: string,
  stream: Readable = createReadStream(path),
): Promise<StoredBaseline> {
  let bytes: Buffer;
  try {
    bytes = await bounded(stream);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such file' : message;
    throw new CaptureError(`cannot read the profile ${path}: ${reason}`, {
      cause,
      hint: 'write it with `wireproof baseline` or `wireproof profile` of this version',
    });
  }
  return decoded(path, bytes);
}
