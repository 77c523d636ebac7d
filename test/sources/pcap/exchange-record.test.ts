import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { recordOf } from '../../../src/sources/pcap/exchange-record.ts';
import { namesOf } from '../../../src/sources/pcap/names/names.ts';
import { KeptBytes, MAX_BODY } from '../../../src/sources/pcap/wire/kept-bytes.ts';

const address = (port: number) => ({ ip: '10.0.0.1', port });
const names = await namesOf([]);

/** The answer's body as the record of an exchange has it. */
function bodyOf(bytes: Buffer, encoding: string): unknown {
  const body = new KeptBytes();
  body.push(bytes);
  const exchanged = {
    connection: 1,
    client: address(40_000),
    server: address(80),
    protocol: 'http',
    method: 'GET',
    path: '/',
    status: 200,
    start: 1,
    end: 2,
    responseHeaders: [['Content-Encoding', encoding]] as const,
    responseBody: body,
    requestSize: 0,
    responseSize: bytes.length,
  };
  return JSON.parse(recordOf(exchanged, 0, names)).resp_body;
}

describe.each([
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
] as const)('a body in %s', (encoding, compress) => {
  it('is decompressed', () => {
    expect(bodyOf(compress(Buffer.from('{"a":1}')), encoding)).toBe('{"a":1}');
  });

  it('which expands beyond what is kept is unknown, and given up there', () => {
    const bomb = compress(Buffer.alloc(MAX_BODY + 1, ' '));
    expect(bodyOf(bomb, encoding)).toMatchObject({ content: '', truncated: true });
    expect(bodyOf(compress(Buffer.alloc(MAX_BODY, ' ')), encoding)).toHaveLength(MAX_BODY);
  });

  it('that is damaged is taken as it came', () => {
    const damaged = Buffer.from('{"not":"compressed"}');
    expect(bodyOf(damaged, encoding)).toBe('{"not":"compressed"}');
  });
});
