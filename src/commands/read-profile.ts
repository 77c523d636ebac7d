import { readFile, stat } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { decodeProfile } from '../profile/codec.ts';
import type { Profile } from '../profile/profile.ts';
import { CaptureError } from '../support/errors.ts';

const MAX_BYTES = 512 * 1024 * 1024;

/** Reads a profile file (plain or gzip). Throws CaptureError that names the file and the reason. */
export async function readProfile(path: string): Promise<Profile> {
  let bytes: Buffer;
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) throw new RangeError(`it has ${size} bytes, more than ${MAX_BYTES}`);
    bytes = await readFile(path);
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
      bytes = gunzipSync(bytes, { maxOutputLength: MAX_BYTES });
    }
    return decodeProfile(bytes.toString('utf8'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CaptureError(`cannot read the profile ${path}: ${reason}`, {
      cause,
      hint: 'write it with `wireproof baseline` or `wireproof profile` of this version',
    });
  }
}
