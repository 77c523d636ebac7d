import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { bounded } from '../store/bounded.ts';
import { decoded, decodedBy } from '../store/read-stored.ts';
import { decodeShard, type ShardProfile } from '../store/shard-form.ts';
import type { StoredBaseline } from '../store/stored-form.ts';
import { CaptureError } from '../support/errors.ts';

/** Reads a profile, of windows their whole, or a shard's. Throws as `readBaselineFile` does. */
export async function readShardFile(path: string): Promise<ShardProfile> {
  return decodedBy(decodeShard, path, await bytesOf(path, createReadStream(path)));
}

/**
 * Reads the windows that a profile holds, mostly one, and where they come from (plain, gzip or zstd).
 * Throws CaptureError that names the file and the reason.
 */
export async function readBaselineFile(
  path: string,
  stream: Readable = createReadStream(path),
): Promise<StoredBaseline> {
  return decoded(path, await bytesOf(path, stream));
}

async function bytesOf(path: string, stream: Readable): Promise<Buffer> {
  try {
    return await bounded(stream);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such file' : message;
    throw new CaptureError(`cannot read the profile ${path}: ${reason}`, {
      cause,
      hint: 'write it with `wireproof baseline` or `wireproof profile` of this version',
    });
  }
}
