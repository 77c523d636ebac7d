import { DocumentSplitter, type ElementArray } from '../ndjson-document.ts';
import type { Defects } from '../ndjson-records.ts';
import { MAX_MESSAGE_BYTES, messagesOf } from './framed.ts';
import { type Spans, spansOfDocument, spansOfMessage } from './spans-of-message.ts';

const RESOURCE_SPANS: ElementArray = { key: /"resourceSpans"\s*:\s*$/, depth: 1 };

/** The spans of OTLP/JSON, one `resourceSpans` at a time: a document a line, or over many. */
export async function* spansOfJsonFile(
  chunks: AsyncIterable<Uint8Array>,
  defects: Defects,
): AsyncGenerator<Spans> {
  const splitter = new DocumentSplitter(MAX_MESSAGE_BYTES, RESOURCE_SPANS);
  for await (const chunk of chunks) {
    const pieces = splitter.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    for (const { kind, text } of pieces) {
      if (kind === 'wrapper') continue;
      yield kind === 'too-long' ? [undefined] : spansOfDocument(text);
    }
  }
  if (splitter.open) defects.cut = true;
}

/** The spans of a file of messages, each behind its length. */
export async function* spansOfFramedFile(
  chunks: AsyncIterable<Uint8Array>,
  defects: Defects,
): AsyncGenerator<Spans> {
  for await (const message of messagesOf(chunks, defects)) {
    yield message === undefined ? [undefined] : spansOfMessage(message);
  }
}
