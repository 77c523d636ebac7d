import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { MAX_MESSAGE_BYTES } from './framed.ts';

const inflated = promisify(gunzip);
const TYPES = /^application\/(?:x-protobuf|json)\b/i;

/** A request that is answered with an error of HTTP. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`refused with ${status}`);
    this.status = status;
  }
}

/** The body of an export, decompressed, within bounds. Throws Refused, and zlib's errors. */
export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers;
  if (!TYPES.test(type)) throw new Refused(415);
  if (encoding !== 'gzip' && encoding !== 'identity') throw new Refused(415);
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MAX_MESSAGE_BYTES) throw new Refused(413);
    parts.push(part);
  }
  const body = Buffer.concat(parts);
  return encoding === 'gzip' ? inflated(body, { maxOutputLength: MAX_MESSAGE_BYTES }) : body;
}
