import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { mergeAll } from '../profile/merge-all.ts';
import type { Profile } from '../profile/profile.ts';
import { decodeWindows } from '../profile/windows-codec.ts';
import { CaptureError } from '../support/errors.ts';

const MAX_BYTES = 512 * 1024 * 1024;

/** Reads a profile (plain or gzip), of windows their whole. Throws as `readWindows` does. */
export async function readProfile(path: string): Promise<Profile> {
  return mergeAll(await readWindows(path));
}

/**
 * Reads the windows that a profile holds (plain or gzip): mostly one. Throws CaptureError that names
 * the file and the reason.
 */
export async function readWindows(
  path: string,
  stream: Readable = createReadStream(path),
): Promise<Profile[]> {
  try {
    let bytes = await bounded(stream);
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
      bytes = gunzipSync(bytes, { maxOutputLength: MAX_BYTES });
    }
    return decodeWindows(bytes.toString('utf8'));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such file' : message;
    throw new CaptureError(`cannot read the profile ${path}: ${reason}`, {
      cause,
      hint: 'write it with `wireproof baseline` or `wireproof profile` of this version',
    });
  }
}

async function bounded(stream: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    parts.push(Buffer.from(chunk));
    length += parts.at(-1)?.length ?? 0;
    if (length > MAX_BYTES) throw new RangeError(`it has more than ${MAX_BYTES} bytes`);
  }
  return Buffer.concat(parts);
}
