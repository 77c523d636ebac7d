import { inflateRawSync } from 'node:zlib';
import type { Conversation, Listener } from '../conversation.ts';
import type { HeaderList } from '../exchange.ts';
import { type Frame, Frames, type Framing } from '../wire/frames.ts';
import { KeptBytes, MAX_BODY } from '../wire/kept-bytes.ts';

/** A head has 2 to 14 bytes; the second one tells. */
class WebSocketFraming implements Framing {
  #head = 2;

  head(): number {
    return this.#head;
  }

  size(head: Buffer): number | undefined {
    const needed = headSize(head);
    this.#head = head.length < needed ? needed : 2;
    return head.length < needed ? undefined : needed + payloadSize(head);
  }
}

const OPCODES = ['CONTINUATION', 'TEXT', 'BINARY'] as const;
/** Headers of the handshake that say something of every message behind it. */
const KEPT_HEADERS = new Set(['host', 'origin', 'authorization']);

interface Message {
  readonly opcode: number;
  readonly isDeflated: boolean;
  readonly start: number;
  readonly body: KeptBytes;
  size: number;
}

/** Messages behind a WebSocket handshake, each one a call without an answer. RFC 6455, and RFC 7692 where a message stands alone. */
export class WebSocketConversation implements Conversation {
  readonly #listener: Listener;
  readonly #path: string;
  readonly #headers: HeaderList;
  readonly #fromClient = new Frames(new WebSocketFraming());
  readonly #fromServer = new Frames(new WebSocketFraming());
  readonly #open = new Map<Frames, Message>();

  constructor(listener: Listener, path: string, handshake: HeaderList) {
    this.#listener = listener;
    this.#path = path;
    this.#headers = handshake.filter(([name]) => KEPT_HEADERS.has(name.toLowerCase()));
  }

  request(bytes: Buffer, now: number): void {
    this.#read(this.#fromClient, bytes, now);
  }

  response(bytes: Buffer, now: number): void {
    this.#read(this.#fromServer, bytes, now);
  }

  close(): void {
    this.#open.clear();
  }

  #read(frames: Frames, bytes: Buffer, now: number): void {
    frames.push(bytes, now);
    for (let frame = frames.next(now); frame; frame = frames.next(now)) this.#frame(frames, frame);
  }

  #frame(frames: Frames, { bytes, size, start, end }: Frame): void {
    const [first = 0] = bytes;
    const opcode = first & 0x0f;
    // Pings, pongs and the close are of the connection, not of what it is for.
    if (opcode > 2) return;
    let message = this.#open.get(frames);
    if (opcode !== 0 || !message) {
      message = { opcode, isDeflated: (first & 0x40) !== 0, start, body: new KeptBytes(), size: 0 };
      this.#open.set(frames, message);
    }
    message.body.push(payloadOf(bytes));
    message.size += size;
    if (size > bytes.length) message.body.cut = true;
    if ((first & 0x80) === 0) return;
    this.#open.delete(frames);
    this.#tell(message, frames === this.#fromClient, end);
  }

  #tell({ opcode, isDeflated, start, body, size }: Message, isSent: boolean, end: number): void {
    const content = isDeflated ? inflated(body) : body;
    const kind = OPCODES[opcode] ?? 'TEXT';
    this.#listener.call({
      protocol: 'ws',
      method: isSent ? kind : `PUSH-${kind}`,
      path: this.#path,
      status: undefined,
      start,
      end,
      requestHeaders: this.#headers,
      ...(isSent ? { requestBody: content } : { responseBody: content }),
      requestSize: isSent ? size : 0,
      responseSize: isSent ? undefined : size,
    });
  }
}

function payloadSize(head: Buffer): number {
  const length = (head[1] ?? 0) & 0x7f;
  if (length < 126) return length;
  return length === 126 ? head.readUInt16BE(2) : Number(head.readBigUInt64BE(2));
}

function headSize(head: Buffer): number {
  const second = head[1] ?? 0;
  const length = second & 0x7f;
  return 2 + (length < 126 ? 0 : length === 126 ? 2 : 8) + (second & 0x80 ? 4 : 0);
}

/** The payload, without the client's mask. */
function payloadOf(bytes: Buffer): Buffer {
  const from = headSize(bytes);
  const payload = bytes.subarray(from);
  if (((bytes[1] ?? 0) & 0x80) === 0) return payload;
  const mask = bytes.subarray(from - 4, from);
  return Buffer.from(payload.map((byte, at) => byte ^ (mask[at % 4] ?? 0)));
}

function inflated(body: KeptBytes): KeptBytes {
  const plain = new KeptBytes();
  try {
    const end = Buffer.from([0, 0, 0xff, 0xff]);
    const bytes = Buffer.concat([body.bytes(), end]);
    plain.push(inflateRawSync(bytes, { maxOutputLength: MAX_BODY, finishFlush: 2 }));
  } catch {
    // It needs the messages before it, or is larger than what is kept.
    plain.cut = true;
  }
  return plain;
}
