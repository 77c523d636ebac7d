import type { ConnectionProtocol, Conversation, Listener, Side } from '../conversation.ts';
import { Fields } from '../wire/fields.ts';
import { type Frame, Frames } from '../wire/frames.ts';
import { KeptBytes } from '../wire/kept-bytes.ts';
import { methodNamed, readMethod } from './amqp-methods.ts';

const HEAD = 7;
const FRAME_END = 0xce;
const PROTOCOL_HEADER = Buffer.from('AMQP\0\0\x09\x01', 'latin1');
const METHOD = 1;
const HEADER = 2;
const BODY = 3;
const MAX_SIZE = 0x08000000;

/** AMQP 0-9-1, as RabbitMQ speaks it. */
export const amqp: ConnectionProtocol = {
  name: 'amqp',
  ports: [5672],
  recognise: (bytes) => {
    if (bytes.indexOf(PROTOCOL_HEADER.subarray(0, 4)) === 0) {
      return bytes.indexOf(PROTOCOL_HEADER) === 0 ? 'client' : undefined;
    }
    return sideInside(bytes);
  },
  open: (listener) => new AmqpConversation(listener),
};

/** Whose frame this is, in the middle of a connection: its method tells. */
function sideInside(bytes: Buffer): Side | undefined {
  if (bytes.length < HEAD + 5 || bytes[0] !== METHOD) return undefined;
  const size = bytes.readUInt32BE(3);
  if (size > MAX_SIZE || bytes[HEAD + size] !== FRAME_END) return undefined;
  return methodNamed(bytes.readUInt16BE(HEAD), bytes.readUInt16BE(HEAD + 2))?.side;
}

/** A method whose content is still to come, or that waits for its answer. */
interface Asked {
  readonly method: string;
  readonly path: string;
  readonly start: number;
  readonly fields: Readonly<Record<string, string>>;
  readonly content: KeptBytes;
  size: number;
  end: number;
  /** Bytes of content to come; undefined before its header. */
  left: number | undefined;
  readonly isSent: boolean;
}

/** Methods with content are calls without an answer; those that the server answers are paired a channel. */
class AmqpConversation implements Conversation {
  readonly #listener: Listener;
  readonly #asked = new Frames(FRAMING);
  readonly #answered = new Frames(FRAMING);
  readonly #contents = new Map<string, Asked>();
  readonly #waiting = new Map<number, Asked[]>();
  #isBegun = false;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  request(bytes: Buffer, now: number): void {
    const begins = !this.#isBegun && bytes.indexOf(PROTOCOL_HEADER) === 0;
    this.#isBegun = true;
    this.#read(this.#asked, begins ? bytes.subarray(PROTOCOL_HEADER.length) : bytes, now);
  }

  response(bytes: Buffer, now: number): void {
    this.#read(this.#answered, bytes, now);
  }

  close(): void {
    for (const asked of [...this.#waiting.values()].flat()) this.#tell(asked, undefined);
    for (const content of this.#contents.values()) {
      content.content.cut = true;
      this.#tell(content, undefined);
    }
  }

  #read(frames: Frames, bytes: Buffer, now: number): void {
    frames.push(bytes, now);
    for (let frame = frames.next(now); frame; frame = frames.next(now)) {
      this.#frame(frame, frames === this.#asked);
    }
  }

  #frame(frame: Frame, isSent: boolean): void {
    const { bytes, size } = frame;
    const channel = bytes.readUInt16BE(1);
    if (bytes[0] === METHOD) {
      this.#method(frame, channel, isSent);
      return;
    }
    const key = `${channel} ${isSent}`;
    const content = this.#contents.get(key);
    if (!content || (bytes[0] !== HEADER && bytes[0] !== BODY)) return;
    content.size += size;
    content.end = frame.end;
    const payload = bytes.subarray(HEAD, size <= bytes.length ? size - 1 : bytes.length);
    if (bytes[0] === HEADER) content.left = Number(payload.readBigUInt64BE(4));
    else {
      content.content.push(payload);
      content.left = (content.left ?? 0) - (size - HEAD - 1);
    }
    if ((content.left ?? 0) > 0) return;
    this.#contents.delete(key);
    this.#tell(content, content.end);
  }

  #method({ bytes, size, start, end }: Frame, channel: number, isSent: boolean): void {
    const method = readMethod(new Fields(bytes, HEAD));
    if (!method) return;
    const { name, path, fields, hasContent, answers, isAnswered } = method;
    const asked: Asked = {
      ...{ method: name, path, start, end, fields, size, isSent },
      content: new KeptBytes(),
      left: undefined,
    };
    if (hasContent) this.#contents.set(`${channel} ${isSent}`, asked);
    if (answers !== undefined) this.#answer(channel, answers, fields, size, end, hasContent);
    else if (isAnswered && isSent) {
      const waiting = this.#waiting.get(channel) ?? [];
      this.#waiting.set(channel, [...waiting, asked].slice(-100));
    }
  }

  #answer(
    channel: number,
    answers: string,
    fields: Readonly<Record<string, string>>,
    size: number,
    end: number,
    hasContent: boolean,
  ): void {
    const waiting = this.#waiting.get(channel) ?? [];
    const at = waiting.findIndex(({ method }) => method === answers);
    const [asked] = at < 0 ? [] : waiting.splice(at, 1);
    // A message that was asked for is the content behind this answer.
    if (asked) this.#tell(asked, hasContent ? undefined : end, { fields, size, end });
    else this.#listener.orphan();
  }

  #tell(
    { method, path, start, fields, content, size, isSent }: Asked,
    end: number | undefined,
    answer?: { fields: Readonly<Record<string, string>>; size: number; end: number },
  ): void {
    const body = content.length > 0 ? content : JSON.stringify(fields);
    this.#listener.call({
      protocol: 'amqp',
      method,
      path,
      status: answer || end !== undefined ? 0 : undefined,
      start,
      end: answer?.end ?? end,
      requestBody: body,
      ...(answer && { responseBody: JSON.stringify(answer.fields) }),
      requestSize: size,
      responseSize: answer?.size,
      isPushed: !isSent,
    });
  }
}

const FRAMING = {
  head: () => HEAD,
  size: (head: Buffer) => {
    const size = head.readUInt32BE(3);
    const type = head[0] as number;
    if (size > MAX_SIZE || type < METHOD || type > 8) throw new RangeError('no frame');
    return HEAD + size + 1;
  },
};
