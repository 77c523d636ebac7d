import type { Readable } from 'node:stream';
import { inputName } from '../sources/ndjson-bytes.ts';
import { streamOf } from '../sources/open-input.ts';
import { bounded } from '../store/bounded.ts';
import { decoded, decodedBy } from '../store/read-stored.ts';
import { decodeShard, type ShardProfile } from '../store/shard-form.ts';
import type { StoredBaseline } from '../store/stored-form.ts';
import { CaptureError } from '../support/errors.ts';
import { fileFailure } from '../support/file-failure.ts';

/** Reads a profile (`-`: stdin), of windows their whole, or a shard's. Throws as `readBaselineFile` does. */
export async function readShardFile(path: string): Promise<ShardProfile> {
  const name = inputName(path);
  return decodedBy(decodeShard, name, await bytesOf(name, streamOf(path)));
}

/**
 * Reads the windows that a profile holds, mostly one, and where they come from (plain, gzip or zstd;
 * `-`: stdin). Throws CaptureError that names the file and the reason.
 */
export async function readBaselineFile(
  path: string,
  stream: Readable = streamOf(path),
): Promise<StoredBaseline> {
  const name = inputName(path);
  return decoded(name, await bytesOf(name, stream));
}

async function bytesOf(path: string, stream: Readable): Promise<Buffer> {
  try {
    return await bounded(stream);
  } catch (cause) {
    const { reason } = fileFailure(cause);
    throw new CaptureError(`cannot read the profile ${path}: ${reason}`, {
      cause,
      hint: 'write it with `wireproof baseline` or `wireproof profile` of this version',
    });
  }
}
