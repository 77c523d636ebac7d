import type { ConnectionProtocol, Conversation, Listener, Side } from '../conversation.ts';
import type { HeaderList } from '../exchange.ts';
import { type Frame, Frames } from '../wire/frames.ts';
import { HpackDecoder } from './hpack.ts';
import { FLAGS, FrameType, payloadOf, priorityFree, streamOf } from './http2-frames.ts';
import { Http2Streams } from './http2-streams.ts';

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');
const HEAD = 9;
const MAX_BLOCK = 256 * 1024;
const MAX_FRAME = 0xffffff;

/** HTTP/2 with prior knowledge, as services speak it in clear, and gRPC over it. RFC 9113. */
export const http2: ConnectionProtocol = {
  name: 'http2',
  ports: [50051],
  recognise: (bytes) => {
    if (bytes.length >= PREFACE.length && bytes.indexOf(PREFACE) === 0) return 'client';
    return sideInside(bytes);
  },
  open: (listener) => new Http2Conversation(listener),
};

interface Upgrade {
  /** As HTTP/2 says them: with `:method` and `:path`. */
  readonly headers: HeaderList;
  readonly size: number;
  readonly start: number;
  readonly end: number;
}

/** What follows a switch from HTTP/1: the request that asked for it is answered on stream 1. RFC 7540, 3.2. */
export function http2AfterUpgrade(listener: Listener, request: Upgrade): Conversation {
  const conversation = new Http2Conversation(listener);
  conversation.asked(request);
  return conversation;
}

/** Whose frames these are in the middle of a connection: one of headers tells, the last may be cut. */
function sideInside(bytes: Buffer): Side | undefined {
  let side: Side | undefined;
  for (let at = 0; at < bytes.length; ) {
    if (bytes.length - at < HEAD) return side;
    const size = HEAD + bytes.readUIntBE(at, 3);
    const frame = bytes.subarray(at, at + size);
    if ((frame[3] as number) > FrameType.continuation || (frame.readUInt8(5) & 0x80) !== 0)
      return undefined;
    if (at + size > bytes.length) return side;
    if (frame[3] === FrameType.headers && streamOf(frame) % 2 === 1) side ??= sideOf(frame);
    at += size;
  }
  return side;
}

function sideOf(frame: Buffer): Side | undefined {
  try {
    const headers = new HpackDecoder().decode(priorityFree(frame));
    const names = headers.map((header) => header?.[0]);
    if (names.includes(':status')) return 'server';
    return names.includes(':method') || names.includes(':path') ? 'client' : undefined;
  } catch {
    return undefined;
  }
}

/** One side's frames, with the header block that is under way. */
interface Half {
  readonly side: Side;
  readonly frames: Frames;
  readonly hpack: HpackDecoder;
  block: { readonly first: Frame; readonly parts: Buffer[]; length: number } | undefined;
}

const FRAMING = {
  head: () => HEAD,
  size: (head: Buffer) => {
    const size = HEAD + head.readUIntBE(0, 3);
    if (size > MAX_FRAME) throw new RangeError('no frame');
    return size;
  },
};

/** Takes both directions apart into frames, and gives them to the streams. */
class Http2Conversation implements Conversation {
  readonly #streams: Http2Streams;
  readonly #client: Half = half('client');
  readonly #server: Half = half('server');
  #isBegun = false;

  constructor(listener: Listener) {
    this.#streams = new Http2Streams(listener);
  }

  asked({ headers, ...arrival }: Upgrade): void {
    this.#streams.headers('client', 1, headers, { ...arrival, isLast: true });
  }

  request(bytes: Buffer, now: number): void {
    if (bytes.length === 0) return;
    const hasPreface = !this.#isBegun && bytes.indexOf(PREFACE) === 0;
    this.#isBegun = true;
    this.#read(this.#client, hasPreface ? bytes.subarray(PREFACE.length) : bytes, now);
  }

  response(bytes: Buffer, now: number): void {
    this.#read(this.#server, bytes, now);
  }

  close(): void {
    this.#streams.close();
  }

  #read(from: Half, bytes: Buffer, now: number): void {
    from.frames.push(bytes, now);
    for (let frame = from.frames.next(now); frame; frame = from.frames.next(now)) {
      this.#frame(from, frame);
    }
  }

  #frame(from: Half, frame: Frame): void {
    const { bytes, size, end } = frame;
    const [type = 0, flags = 0] = bytes.subarray(3, 5);
    const stream = streamOf(bytes);
    const isLast = (flags & FLAGS.endStream) !== 0;
    switch (type) {
      case FrameType.data:
        this.#streams.data(from.side, stream, payloadOf(bytes), { size, isLast, end });
        break;
      case FrameType.headers:
      case FrameType.pushPromise:
        from.block = { first: frame, parts: [], length: 0 };
        this.#block(from, priorityFree(bytes), (flags & FLAGS.endHeaders) !== 0, end);
        break;
      case FrameType.continuation:
        this.#block(from, bytes.subarray(HEAD), (flags & FLAGS.endHeaders) !== 0, end);
        break;
      case FrameType.reset:
        this.#streams.reset(from.side, stream, payloadOf(bytes).readUInt32BE(0), end);
        break;
    }
  }

  #block(from: Half, part: Buffer, isWhole: boolean, end: number): void {
    const { block } = from;
    if (!block) throw new RangeError('a continuation of nothing');
    block.parts.push(part);
    block.length += part.length;
    if (block.length > MAX_BLOCK) throw new RangeError('a header block that large');
    if (!isWhole) return;
    from.block = undefined;
    const headers = from.hpack.decode(Buffer.concat(block.parts));
    const { bytes, start } = block.first;
    // What a server promises to push was not asked for.
    if (bytes[3] === FrameType.pushPromise) return;
    const isLast = ((bytes[4] ?? 0) & FLAGS.endStream) !== 0;
    const size = HEAD + block.length;
    this.#streams.headers(from.side, streamOf(bytes), headers, { size, isLast, start, end });
  }
}

function half(side: Side): Half {
  return { side, frames: new Frames(FRAMING), hpack: new HpackDecoder(), block: undefined };
}
