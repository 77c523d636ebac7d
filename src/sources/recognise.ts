import { CaptureError } from '../support/errors.ts';
import { bytesOfFile, isRereadable, Tolerant } from './ndjson-bytes.ts';

/** How much of the content decides. */
const PEEK_BYTES = 64 * 1024;
const PCAP_MAGIC = new Set(['d4c3b2a1', 'a1b2c3d4', '4d3cb2a1', 'a1b23c4d', '0a0d0d0a']);
const PROFILE = /^\{\s*"wireproof"\s*:\s*"profile"/;
const HAR = /^\{\s*"log"\s*:\s*\{/;

/**
 * What a capture argument holds, by its content (also inside gzip or zstd). Stdin and pipes can't be
 * looked at first: they are calls. Throws CaptureError for what can't be read.
 */
export async function recognise(path: string): Promise<'ndjson' | 'profile'> {
  if (path === '-' || !(await isRereadable(path))) return 'ndjson';
  const start = await startOf(path);
  const text = start
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  if (PROFILE.test(text)) return 'profile';
  if (HAR.test(text)) throw foreign(path, 'it is a HAR file');
  if (PCAP_MAGIC.has(start.toString('hex', 0, 4))) throw foreign(path, 'it is a PCAP file');
  if (!/^\s*[[{]/m.test(text)) throw foreign(path, 'it holds no JSON');
  return 'ndjson';
}

async function startOf(path: string): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of new Tolerant(bytesOfFile(path)).chunks()) {
    parts.push(chunk);
    length += chunk.length;
    if (length >= PEEK_BYTES) break;
  }
  return Buffer.concat(parts).subarray(0, PEEK_BYTES);
}

function foreign(path: string, what: string): CaptureError {
  return new CaptureError(`cannot read ${path}: ${what}`, {
    hint: 'this build reads NDJSON (one Kubeshark call a line, also .gz and .zst) and profiles',
  });
}
