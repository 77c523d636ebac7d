import { Readable } from 'node:stream';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readNdjson } from '../../src/sources/ndjson.ts';
import { bytesOfStream } from '../../src/sources/ndjson-bytes.ts';
import { recognise } from '../../src/sources/recognise.ts';

/** Reads all of a capture; gives how it ends and how much it took. */
async function ending(path: string, stdin?: Readable): Promise<string> {
  try {
    for await (const _ of readNdjson(path, stdin).batches);
    return 'the end';
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}

const endless = (piece: Buffer) =>
  Readable.from(
    (function* () {
      for (;;) yield piece;
    })(),
  );

describe('a source that never ends is left with an error that says after how much', () => {
  it.each(['/dev/zero', '/dev/urandom', '/dev/null'])('%s, which is a device', async (path) => {
    const told = /it is a device/;
    await expect(recognise(path)).rejects.toThrow(told);
    expect(await ending(path)).toMatch(told);
  });

  it.each([
    ['one line', Buffer.alloc(1 << 20)],
    ['one record of a document', Buffer.from(`[{"a":"${'x'.repeat(1 << 20)}`)],
    ['one record of records', Buffer.from(`${'{"a":'.repeat(1 << 17)}`)],
  ])('%s', async (_, piece) => {
    expect(await ending('-', endless(piece))).toMatch(
      /^CaptureError: cannot read stdin: more than 64 MiB without the end of a record/,
    );
  });

  it('lines of which none is a call', async () => {
    expect(await ending('-', endless(Buffer.from('garbage\n'.repeat(8192))))).toMatch(
      /^CaptureError: cannot read stdin: none of its first 100,000 records is a call \(not JSON\)/,
    );
  });

  it.each([
    ['gzip', gzipSync(Buffer.alloc(32 << 20))],
    ['zstd', zstdCompressSync(Buffer.alloc(32 << 20))],
  ])('a bomb of %s', async (_, member) => {
    const stream = Readable.from(Array.from({ length: 40 }, () => member));
    let bytes = 0;
    const reading = async () => {
      for await (const part of bytesOfStream(stream, 'bomb.gz')) bytes += part.length;
    };
    const told =
      'cannot read bomb.gz: it expands to more than 500 times its size, given up after 128 MiB';
    await expect(reading()).rejects.toThrow(told);
    expect(bytes).toBeLessThan(200 << 20);
  });

  it('but records that compress well are read', async () => {
    const line = `{"id":"a/1/1","ts":1700000000000,"proto":"http","path":"/${'x'.repeat(900)}"}\n`;
    expect(await ending('-', Readable.from([gzipSync(line.repeat(2_000))]))).toBe('the end');
  });
});
