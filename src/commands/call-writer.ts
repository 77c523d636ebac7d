import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import type { Batch } from '../calls/observation.ts';
import { formatRecord } from '../sources/record-format.ts';
import { CaptureError } from '../support/errors.ts';
import { temporaryName } from '../support/temporary-name.ts';

/** Passes what is seen on while it writes their calls as NDJSON; the file is whole or absent. */
export async function* savingCalls(
  batches: AsyncIterable<Batch>,
  path: string,
): AsyncGenerator<Batch> {
  const temporary = temporaryName(path);
  const stream = createWriteStream(temporary, { flags: 'wx', mode: 0o600 });
  const failed = once(stream, 'error').then(([error]) => error as Error);
  let complete = false;
  try {
    for await (const batch of batches) {
      for (const seen of batch) {
        if (seen.kind === 'call') await write(stream, formatRecord(seen.call), failed);
      }
      yield batch;
    }
    stream.end();
    await finished(stream);
    await rename(temporary, path);
    complete = true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).syscall === undefined) throw cause;
    throw new CaptureError(`cannot save calls to ${path}: ${(cause as Error).message}`, { cause });
  } finally {
    if (!complete) {
      stream.destroy();
      await rm(temporary, { force: true });
    }
  }
}

async function write(stream: WriteStream, line: string, failed: Promise<Error>): Promise<void> {
  if (stream.errored) throw stream.errored;
  if (stream.write(line)) return;
  const error = await Promise.race([once(stream, 'drain').then(() => undefined), failed]);
  if (error) throw error;
}
