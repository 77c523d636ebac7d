import { Readable } from 'node:stream';
import { PROFILE_MAGIC } from '../profile/codec.ts';

export interface PeekedStream {
  readonly isProfile: boolean;
  /** All of it, from the first byte on. */
  readonly stream: Readable;
}

/** Looks at how a stream begins, to tell a profile from calls. */
export async function peek(stream: Readable): Promise<PeekedStream> {
  const parts: Buffer[] = [];
  const chunks = stream[Symbol.asyncIterator]();
  let length = 0;
  while (length < PROFILE_MAGIC.length) {
    const { done, value } = await chunks.next();
    if (done) break;
    parts.push(Buffer.from(value));
    length += parts.at(-1)?.length ?? 0;
  }
  const start = Buffer.concat(parts);
  const rest = { [Symbol.asyncIterator]: () => chunks };
  return {
    isProfile: start.toString('utf8').startsWith(PROFILE_MAGIC),
    stream: Readable.from(
      (async function* () {
        yield start;
        yield* rest;
      })(),
      { objectMode: false },
    ),
  };
}
