import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FileFormat } from '../../src/sources/file-formats.ts';
import { openInput } from '../../src/sources/open-input.ts';
import { recognise } from '../../src/sources/recognise.ts';
import { CaptureError } from '../../src/support/errors.ts';

let path: string;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'recognise-test-'));
  path = join(folder, 'capture');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const CALL = '{"id":"a","ts":1,"proto":"http"}\n';
const PROFILE = '{"wireproof":"profile","version":1}';

const kindOf = (found: FileFormat | 'profile') =>
  found === 'profile' ? found : /^\w+/.exec(found.name)?.[0].toLowerCase();

const CONTENTS: readonly (readonly [kind: string, what: string, content: string | Buffer])[] = [
  ['ndjson', 'calls', CALL],
  ['ndjson', 'calls behind garbage', `garbage\n${CALL}`],
  ['ndjson', 'an array', `[\n${CALL}]`],
  ['ndjson', 'compressed calls', gzipSync(CALL)],
  ['ndjson', 'compressed calls, cut', gzipSync(CALL.repeat(99)).subarray(0, -9)],
  ['har', 'an archive', '{\n  "log": {"version":"1.2"}}'],
  ['har', 'a compressed archive', gzipSync('\ufeff{"log":{"version":"1.2"}}')],
  ['pcap', 'packets', Buffer.from('d4c3b2a1020004000000000000000000', 'hex')],
  ['pcap', 'compressed packets', gzipSync(Buffer.from('0a0d0d0a1c0000004d3c2b1a', 'hex'))],
  ['profile', 'a profile', PROFILE],
  ['profile', 'a profile over lines', JSON.stringify(JSON.parse(PROFILE), null, 2)],
  ['profile', 'a profile behind a byte order mark', `\ufeff${PROFILE}`],
  ['profile', 'a gzip profile', gzipSync(PROFILE)],
  ['profile', 'a zstd profile', zstdCompressSync(PROFILE)],
];

test.each(CONTENTS)('%s: %s', async (kind, _, content) => {
  writeFileSync(path, content);
  expect(kindOf(await recognise(path))).toBe(kind);
});

test.each(CONTENTS)('%s on stdin: %s, all of it', async (kind, _, content) => {
  const bytes = Buffer.from(content);
  const pieces = Readable.from([bytes.subarray(0, 3), bytes.subarray(3)]);
  const { format, stream } = await openInput('-', pieces);
  expect(kindOf(format)).toBe(kind);
  expect(Buffer.concat((await stream?.toArray()) ?? [])).toEqual(bytes);
});

test('nothing on stdin', async () => {
  await expect(openInput('-', Readable.from([]))).rejects.toThrow('cannot read stdin: it is empty');
});

test.each([
  ['it holds no JSON', Buffer.from('89504e470d0a1a0a', 'hex')],
  ['it holds no JSON', 'hello'],
  ['it is empty', ''],
])('%s', async (reason, content) => {
  writeFileSync(path, content);
  const error = await recognise(path).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(CaptureError);
  expect((error as CaptureError).message).toBe(`cannot read ${path}: ${reason}`);
});

test('a file that is not there', async () => {
  await expect(recognise(join(folder, 'missing'))).rejects.toThrow('there is no such file');
});
