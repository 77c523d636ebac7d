import { CaptureError } from '../support/errors.ts';
import { FILE_FORMATS, type FileFormat } from './file-formats.ts';
import { bytesOfFile, isRereadable, Tolerant } from './ndjson-bytes.ts';

/** How much of the content decides. */
export const PEEK_BYTES = 64 * 1024;
const PROFILE = /^\{\s*"wireproof"\s*:\s*"profile"/;

/**
 * What a file holds, by its content (also inside gzip or zstd): a profile, or calls in one of the
 * formats. A pipe can't be looked at first: it is NDJSON here. Throws CaptureError for what can't be
 * read.
 */
export async function recognise(path: string): Promise<FileFormat | 'profile'> {
  if (!(await isRereadable(path))) return FILE_FORMATS.at(-1) as FileFormat;
  return formatOf(path, await startOf(bytesOfFile(path)));
}

/** What begins with these bytes. Throws CaptureError where it is nothing that is known. */
export function formatOf(name: string, bytes: Buffer): FileFormat | 'profile' {
  const text = bytes
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  if (PROFILE.test(text)) return 'profile';
  const format = FILE_FORMATS.find((one) => one.recognise({ bytes, text }));
  if (!format) throw foreign(name, 'it holds no JSON');
  return format;
}

/** As much of decompressed content as decides. */
export async function startOf(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of new Tolerant(content).chunks()) {
    parts.push(chunk);
    length += chunk.length;
    if (length >= PEEK_BYTES) break;
  }
  return Buffer.concat(parts).subarray(0, PEEK_BYTES);
}

function foreign(path: string, what: string): CaptureError {
  const names = FILE_FORMATS.map(({ name }) => name).join(', ');
  return new CaptureError(`cannot read ${path}: ${what}`, {
    hint: `this build reads ${names}, and profiles`,
  });
}
