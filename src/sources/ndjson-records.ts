import { endsEarly } from '../calls/json-end.ts';
import { DocumentSplitter, type Piece } from './ndjson-document.ts';
import { linesOf } from './ndjson-lines.ts';
import { MAX_LINE_BYTES } from './record.ts';

/** How much of the stream decides what form it has. */
const PEEK_BYTES = 64 * 1024;
const BOM = '\ufeff';
/** An answer of the Hub saved as it came. */
const WRAPPER = /^\{\s*(?:$|"(?:calls|total|truncated)"\s*:)/;

/** What makes a stream less than whole; filled while it is read. */
export interface Defects {
  /** It ends inside a record. */
  cut: boolean;
  /** An answer that says itself that it is not all. */
  truncated: boolean;
}

/**
 * The records of a byte stream, each as text: one a line, or a JSON document of them. Gives those of
 * each chunk together; one too long to keep is undefined.
 */
export async function* recordsOf(
  chunks: AsyncIterable<Uint8Array>,
  defects: Defects,
): AsyncGenerator<readonly (string | undefined)[]> {
  const input = chunks[Symbol.asyncIterator]();
  try {
    const start = await peek(input);
    const whole = resumed(start, input);
    yield* isDocument(start) ? documentRecords(whole, defects) : lineRecords(whole, defects);
  } finally {
    await input.return?.();
  }
}

async function* lineRecords(chunks: AsyncIterable<Uint8Array>, defects: Defects) {
  for await (const lines of linesOf(chunks, MAX_LINE_BYTES)) {
    const last = lines.at(-1);
    if (last?.last && !last.tooLong && !isBlank(last.text)) defects.cut = endsEarly(last.text);
    yield lines
      .filter(({ text, tooLong }) => tooLong || !isBlank(text))
      .map(({ text, tooLong }) => (tooLong ? undefined : text));
  }
}

async function* documentRecords(chunks: AsyncIterable<Uint8Array>, defects: Defects) {
  const splitter = new DocumentSplitter(MAX_LINE_BYTES);
  for await (const chunk of chunks) {
    const pieces = splitter.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    if (pieces.some(isTruncated)) defects.truncated = true;
    yield pieces.filter(({ kind }) => kind !== 'wrapper').map(lineOf);
  }
  if (splitter.open) defects.cut = true;
}

/** JSON has line breaks between its tokens only, where a blank does as well. */
function lineOf({ kind, text }: Piece): string | undefined {
  return kind === 'too-long' ? undefined : text.replace(/[\r\n]+/g, ' ');
}

function isTruncated({ kind, text }: Piece): boolean {
  return kind === 'wrapper' && /"truncated"\s*:\s*true/.test(text);
}

function isBlank(text: string): boolean {
  return text.length < 64 && text.trim() === '';
}

async function peek(input: AsyncIterator<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  while (length < PEEK_BYTES) {
    const next = await input.next();
    if (next.done) break;
    parts.push(next.value);
    length += next.value.length;
  }
  const start = Buffer.concat(parts);
  return start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf ? start.subarray(3) : start;
}

async function* resumed(start: Buffer, input: AsyncIterator<Uint8Array>) {
  yield start;
  for (let next = await input.next(); !next.done; next = await input.next()) yield next.value;
}

/** Whether the stream is an array, a saved answer, or objects spread over lines. */
function isDocument(start: Buffer): boolean {
  const text = start.toString('utf8', 0, PEEK_BYTES).replace(BOM, '').trimStart();
  if (text.startsWith('[')) return true;
  const line = text.slice(0, text.search(/\r?\n|$/));
  return WRAPPER.test(line.trim());
}
