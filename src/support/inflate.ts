import type { Transform } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';

type Compression = 'gzip' | 'zstd';

/** The compression that the first bytes tell, or undefined. */
export function compressionOf(start: Uint8Array): Compression | undefined {
  const [a, b, c, d] = start;
  if (a === 0x1f && b === 0x8b) return 'gzip';
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return 'zstd';
  // A skippable frame, as parallel compressors put first.
  if (a !== undefined && (a & 0xf0) === 0x50 && b === 0x2a && c === 0x4d && d === 0x18)
    return 'zstd';
  return undefined;
}

/** Compressed data that is made to expand without end. */
export class BombError extends RangeError {}

/** No text that tells of calls compresses so well; below the first limit nobody minds. */
const BOMB = { bytes: 128 * 1024 * 1024, ratio: 500 };

/**
 * Decompresses a stream of one or more members, as a stream: memory stays bounded whatever it expands
 * to. All bytes before a defect are given out first; then it throws zlib's error, or BombError where
 * it has expanded to more than 500 times its size.
 */
export async function* inflate(
  chunks: AsyncIterable<Uint8Array>,
  compression: Compression,
): AsyncGenerator<Uint8Array> {
  let taken = 0;
  let given = 0;
  const input = counted(chunks, (bytes) => {
    taken += bytes;
  });
  let rest: Uint8Array | undefined;
  try {
    do {
      const engine = compression === 'gzip' ? createGunzip() : createZstdDecompress();
      const feeding = feed(engine, input, rest).catch((error) => {
        engine.destroy(error);
        return undefined;
      });
      try {
        for await (const part of engine as AsyncIterable<Uint8Array>) {
          given += part.length;
          if (given > BOMB.bytes && given > taken * BOMB.ratio) throw new BombError(told());
          yield part;
        }
      } finally {
        engine.destroy();
      }
      rest = await feeding;
    } while (rest);
  } finally {
    input.return?.(undefined).catch(() => undefined);
  }
}

function told(): string {
  return `it expands to more than ${BOMB.ratio} times its size, given up after ${BOMB.bytes >> 20} MiB`;
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  count: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    count(chunk.length);
    yield chunk;
  }
}

/** Feeds one member; gives back what is left behind its end, or undefined when the input has ended. */
async function feed(
  engine: Transform & { readonly bytesWritten: number },
  input: AsyncIterator<Uint8Array>,
  first: Uint8Array | undefined,
): Promise<Uint8Array | undefined> {
  // A write that the engine's end overtakes is never called back.
  let wake = () => {};
  engine.once('close', () => wake());
  let fed = 0;
  let chunk = first;
  for (;;) {
    if (!chunk) {
      const next = await input.next();
      if (engine.destroyed) return undefined;
      if (next.done) break;
      chunk = next.value;
    }
    fed += chunk.length;
    await new Promise<void>((resolve) => {
      wake = resolve;
      engine.write(chunk, () => resolve());
    });
    const left = fed - engine.bytesWritten;
    // What a finished member leaves is the next one's; Node reads on by itself in gzip only.
    if (left > 0 && !engine.errored) return chunk.subarray(chunk.length - left);
    if (engine.destroyed) return undefined;
    chunk = undefined;
  }
  // An error at the end would throw away what has not been read yet.
  while (!engine.destroyed && engine.readableLength > 0) await sleep(1);
  engine.end();
  return undefined;
}
