import { decodeProtobuf } from './decode-protobuf.ts';

const HEADER = 5;
const MAX_MESSAGES = 10_000;

/**
 * The messages of a gRPC body: each behind a byte for compression and four for its length (gRPC over
 * HTTP/2, 'Length-Prefixed-Message'). Undefined when the frames don't fill the body, or are compressed.
 */
export function decodeGrpc(bytes: Uint8Array): unknown[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const messages: unknown[] = [];
  let at = 0;
  while (at < bytes.length && messages.length < MAX_MESSAGES) {
    if (bytes.length - at < HEADER || bytes[at] !== 0) return undefined;
    const end = at + HEADER + view.getUint32(at + 1);
    if (end > bytes.length) return undefined;
    const message = decodeProtobuf(bytes.subarray(at + HEADER, end));
    if (message === undefined) return undefined;
    messages.push(message);
    at = end;
  }
  return messages;
}
