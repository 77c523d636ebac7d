import fc from 'fast-check';
import type { Conversation, Exchange } from '../../demo/tap/exchange.ts';

/** One direction's bytes at a time, in the order in which they crossed the connection. */
export interface Crossing {
  readonly from: 'client' | 'server';
  readonly bytes: Buffer;
}

export const fromClient = (bytes: Buffer | string): Crossing => ({
  from: 'client',
  bytes: Buffer.from(bytes),
});

export const fromServer = (bytes: Buffer | string): Crossing => ({
  from: 'server',
  bytes: Buffer.from(bytes),
});

/** What a conversation tells when the bytes come cut into pieces of these sizes, again and again. */
export function hear(
  open: (emit: (exchange: Exchange) => void) => Conversation,
  crossings: readonly Crossing[],
  sizes: readonly number[] = [Number.MAX_SAFE_INTEGER],
): Exchange[] {
  const heard: Exchange[] = [];
  const conversation = open((exchange) => heard.push(exchange));
  let cut = 0;
  for (const { from, bytes } of crossings) {
    for (let at = 0; at < bytes.length; ) {
      const size = sizes[cut++ % sizes.length] ?? 1;
      const chunk = bytes.subarray(at, at + size);
      at += size;
      if (from === 'client') conversation.request(chunk, 1000);
      else conversation.response(chunk, 1005);
    }
  }
  conversation.close(1010);
  return heard;
}

/** Sizes of the pieces, from single bytes upwards. */
export const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 12 });
