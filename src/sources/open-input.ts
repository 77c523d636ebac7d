import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { FileFormat } from './file-formats.ts';
import { bytesOfStream, empty, inputName, isRereadable, readable } from './ndjson-bytes.ts';
import { formatOf, PEEK_BYTES, recognise, startOf } from './recognise.ts';

/** What an argument gives. */
export interface Input {
  readonly format: FileFormat | 'profile';
  /** Of stdin (`-`) and pipes, which can be opened once: all of it, from the first byte on. */
  readonly stream?: Readable;
}

/** Recognises a capture argument by its content, stdin and pipes too. Throws as `recognise` does. */
export async function openInput(path: string, stdin: Readable = process.stdin): Promise<Input> {
  if (path !== '-' && (await isRereadable(path))) return { format: await recognise(path) };
  const name = inputName(path);
  const { start, stream } = await peek(readable(streamOf(path, stdin), name));
  if (start.length === 0) throw empty(name);
  const content = await startOf(bytesOfStream(Readable.from([start]), name));
  return { format: formatOf(name, content), stream };
}

/** The bytes of a file, or of stdin (`-`). */
export function streamOf(path: string, stdin: Readable = process.stdin): Readable {
  return path === '-' ? stdin : createReadStream(path);
}

async function peek(source: AsyncGenerator<Uint8Array>) {
  const parts: Uint8Array[] = [];
  let length = 0;
  while (length < PEEK_BYTES) {
    const { done, value } = await source.next();
    if (done) break;
    parts.push(value);
    length += value.length;
  }
  const start = Buffer.concat(parts);
  const whole = (async function* () {
    yield start;
    yield* source;
  })();
  return { start, stream: Readable.from(whole, { objectMode: false }) };
}
