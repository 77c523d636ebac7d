const NEWLINE = 0x0a;

/** A line of a byte stream, or word that one was too long to keep. `last` has no newline behind it. */
export interface Line {
  readonly text: string;
  readonly tooLong: boolean;
  readonly last: boolean;
}

/** What has no end of a record in so many bytes will have none. */
const MAX_UNBROKEN = 64 * 1024 * 1024;

/** A stream of which reading on would never end. */
export class EndlessError extends RangeError {}

/** Throws EndlessError where a record is so long that it is none. */
export function refuseEndless(bytes: number): void {
  if (bytes <= MAX_UNBROKEN) return;
  throw new EndlessError(`more than ${MAX_UNBROKEN >> 20} MiB without the end of a record`);
}

/**
 * Cuts a byte stream into lines by searching bytes, not characters; a line longer than `limit`
 * bytes is skipped without being kept, until it is endless. Gives the lines of each chunk together: one
 * await a chunk.
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
): AsyncGenerator<readonly Line[]> {
  let kept: Buffer[] = [];
  let length = 0;
  const take = (tail: Buffer, last: boolean): Line => {
    const tooLong = length + tail.length > limit;
    const whole = kept.length === 0 ? tail : Buffer.concat([...kept, tail]);
    kept = [];
    length = 0;
    return { text: tooLong ? '' : whole.toString('utf8'), tooLong, last };
  };
  for await (const raw of chunks) {
    const chunk = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
    const lines: Line[] = [];
    let from = 0;
    for (let to = chunk.indexOf(NEWLINE); to >= 0; to = chunk.indexOf(NEWLINE, from)) {
      lines.push(take(chunk.subarray(from, to), false));
      from = to + 1;
    }
    if (from < chunk.length) {
      length += chunk.length - from;
      refuseEndless(length);
      if (length <= limit) kept.push(chunk.subarray(from));
      else kept = [];
    }
    yield lines;
  }
  if (length > 0) yield [take(Buffer.alloc(0), true)];
}
