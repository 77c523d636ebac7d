import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { CaptureError, KnownError } from '../support/errors.ts';
import { fileFailure } from '../support/file-failure.ts';
import { BombError, compressionOf, inflate } from '../support/inflate.ts';

const CHUNK_BYTES = 256 * 1024;

/** Whether a file can be read twice. Throws CaptureError for what can't be read at all, or is empty. */
export async function isRereadable(path: string): Promise<boolean> {
  const info = await stat(path).catch((cause) => {
    throw unreadable(path, cause);
  });
  if (info.isDirectory()) throw unreadable(path, { code: 'EISDIR' });
  if (info.isCharacterDevice() || info.isBlockDevice()) throw unreadable(path, { code: 'DEVICE' });
  if (info.isFile() && info.size === 0) throw empty(path);
  return info.isFile();
}

/** The bytes of a file, decompressed. */
export function bytesOfFile(path: string): AsyncGenerator<Uint8Array> {
  return bytesOfStream(createReadStream(path, { highWaterMark: CHUNK_BYTES }), path);
}

/** The bytes of a stream, decompressed if its first bytes say gzip or zstd. */
export function bytesOfStream(
  stream: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array> {
  return defused(decompressed(readable(stream, name)), name);
}

/** A bomb is no defect that what came before it could be read in spite of. */
async function* defused(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (cause) {
    if (!(cause instanceof BombError)) throw cause;
    throw new CaptureError(`cannot read ${name}: ${cause.message}`, {
      hint: 'no capture compresses so well; check where the file comes from',
      cause,
    });
  }
}

/** Chunks up to the first defect of compressed data, which ends them and is kept. */
export class Tolerant {
  readonly #source: AsyncIterable<Uint8Array>;
  defect: string | undefined;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source;
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    try {
      yield* this.#source;
    } catch (error) {
      if (error instanceof KnownError || !(error instanceof Error)) throw error;
      this.defect = error.message;
    }
  }
}

/** Tells what can't be read by its name. */
export async function* readable(
  stream: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (cause) {
    throw cause instanceof KnownError ? cause : unreadable(name, cause);
  }
}

async function* decompressed(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const input = chunks[Symbol.asyncIterator]();
  let start: Uint8Array = new Uint8Array();
  let done = false;
  while (start.length < 4 && !done) {
    const next = await input.next();
    done = next.done === true;
    if (!next.done) start = start.length === 0 ? next.value : Buffer.concat([start, next.value]);
  }
  const whole = resumed(start, input);
  const compression = compressionOf(start);
  yield* compression ? inflate(whole, compression) : whole;
}

async function* resumed(
  start: Uint8Array,
  input: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield start;
    for (let next = await input.next(); !next.done; next = await input.next()) yield next.value;
  } finally {
    await input.return?.();
  }
}

/** What messages call an argument. */
export function inputName(path: string): string {
  return path === '-' ? 'stdin' : path;
}

export function empty(name: string): CaptureError {
  return new CaptureError(`cannot read ${name}: it is empty`, {
    hint: 'a capture holds one call a line; check what wrote it',
  });
}

function unreadable(path: string, cause: unknown): CaptureError {
  const { reason, remedy } = fileFailure(cause);
  return new CaptureError(`cannot read ${path}: ${reason}`, { hint: remedy, cause });
}
