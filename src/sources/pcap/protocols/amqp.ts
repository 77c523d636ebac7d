import type { ConnectionProtocol, Conversation, Listener, Side } from '../conversation.ts';
import type { Content } from '../exchange.ts';
import { Fields } from '../wire/fields.ts';
import { type Frame, Frames } from '../wire/frames.ts';
import { KeptBytes } from '../wire/kept-bytes.ts';
import { blamedIn, methodNamed, type ReadMethod, readMethod } from './amqp-methods.ts';
import { Unsettled } from './amqp-unsettled.ts';

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
  readonly method: ReadMethod;
  readonly start: number;
  readonly content: KeptBytes;
  size: number;
  end: number;
  /** Bytes of content to come; undefined before its header. */
  left: number | undefined;
  readonly isSent: boolean;
  /** The method that this one answers. */
  readonly asked: Asked | undefined;
}

const MULTIPLE = 1;
const NACK_REQUEUES = 2;
const REJECT_REQUEUES = 1;
const NO_ACK = 2;
const SUCCESS = 200;

/**
 * Methods with content are calls without an answer, which end well unless the other side says otherwise;
 * those that the server answers are paired a channel.
 */
class AmqpConversation implements Conversation {
  readonly #listener: Listener;
  readonly #asked = new Frames(FRAMING);
  readonly #answered = new Frames(FRAMING);
  readonly #contents = new Map<string, Asked>();
  readonly #waiting = new Map<number, Asked[]>();
  readonly #unsettled = new Unsettled<Asked>((asked, status) => this.#tell(asked, status));
  /** Messages published so far in channels whose messages are confirmed. */
  readonly #confirmed = new Map<number, number>();
  /** Consumers that confirm nothing. */
  readonly #careless = new Set<string>();
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
    this.#unsettled.close();
    for (const asked of [...this.#waiting.values()].flat()) this.#tell(asked, undefined);
    for (const content of this.#contents.values()) {
      content.content.cut = true;
      this.#tell(content, content.asked && 0);
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
    this.#sent(content, channel);
  }

  /** A message is whole: it is told once it is known how it ends, where that is to be said. */
  #sent(content: Asked, channel: number): void {
    const { method, isSent } = content;
    const published = isSent ? this.#confirmed.get(channel) : undefined;
    if (published !== undefined) {
      this.#confirmed.set(channel, published + 1);
      this.#unsettled.add({ channel, isSent: true, tag: published + 1, message: content });
    } else if (
      method.name === 'BASIC.DELIVER' &&
      !this.#careless.has(`${channel} ${method.consumer}`)
    ) {
      this.#unsettled.add({ channel, isSent: false, tag: method.tag, message: content });
    } else this.#tell(content, method.code ?? 0);
  }

  #method({ bytes, size, start, end }: Frame, channel: number, isSent: boolean): void {
    const method = readMethod(new Fields(bytes, HEAD));
    if (!method || this.#tellsOfOthers(method, bytes, channel, isSent, end)) return;
    const { answers, hasContent, isAnswered } = method;
    const one = { method, start, end, size, isSent, content: new KeptBytes(), left: undefined };
    const asked = answers === undefined ? undefined : this.#askedFor(channel, answers);
    if (answers !== undefined && !asked) this.#listener.orphan();
    else if (hasContent) this.#contents.set(`${channel} ${isSent}`, { ...one, asked });
    else if (asked) this.#answer(channel, asked, { ...one, asked });
    else if (isAnswered && isSent) {
      const waiting = this.#waiting.get(channel) ?? [];
      this.#waiting.set(channel, [...waiting, { ...one, asked }].slice(-100));
    }
  }

  #tellsOfOthers(
    { name, tag, bits, code = SUCCESS, fields }: ReadMethod,
    bytes: Buffer,
    channel: number,
    isSent: boolean,
    end: number,
  ): boolean {
    const isMultiple = name !== 'BASIC.REJECT' && (bits & MULTIPLE) !== 0;
    const settle = (status: string | number) =>
      this.#unsettled.settle(channel, !isSent, { tag, isMultiple }, status);
    switch (name) {
      case 'BASIC.ACK':
        settle(0);
        return true;
      case 'BASIC.NACK':
        settle((bits & NACK_REQUEUES) !== 0 && isSent ? 'requeued' : 'refused');
        return true;
      case 'BASIC.REJECT':
        settle((bits & REJECT_REQUEUES) !== 0 ? 'requeued' : 'refused');
        return true;
      case 'CONFIRM.SELECT-OK':
        if (!this.#confirmed.has(channel)) this.#confirmed.set(channel, 0);
        return true;
      case 'CHANNEL.CLOSE':
      case 'CONNECTION.CLOSE':
        if (!isSent && code !== SUCCESS) {
          this.#refuse(channel, name, blamedIn(new Fields(bytes, HEAD)), { code, fields, end });
        }
        this.#forget(channel);
        return true;
      default:
        return false;
    }
  }

  /** What a channel is closed for is answered so; what is not waited for is the server's own call. */
  #refuse(
    channel: number,
    name: string,
    blamed: string | undefined,
    { code, fields, end }: { code: number; fields: ReadMethod['fields']; end: number },
  ): void {
    const asked = blamed === undefined ? undefined : this.#askedFor(channel, blamed);
    if (asked) this.#tell(asked, code, { body: JSON.stringify(fields), size: undefined, end });
    else {
      this.#listener.call({
        ...{ protocol: 'amqp', method: name, path: blamed ?? '', status: code, start: end, end },
        ...{ requestBody: JSON.stringify(fields), requestSize: 0, responseSize: undefined },
        isPushed: true,
      });
    }
  }

  /** A channel that is opened again counts anew. */
  #forget(channel: number): void {
    this.#unsettled.leave(channel);
    this.#confirmed.delete(channel);
    for (const asked of this.#waiting.get(channel) ?? []) this.#tell(asked, undefined);
    this.#waiting.delete(channel);
  }

  #askedFor(channel: number, name: string): Asked | undefined {
    const waiting = this.#waiting.get(channel) ?? [];
    const at = waiting.findIndex(({ method }) => method.name === name);
    return at < 0 ? undefined : waiting.splice(at, 1)[0];
  }

  #answer(channel: number, asked: Asked, { method, size, end }: Asked): void {
    if (method.name === 'BASIC.CONSUME-OK' && (asked.method.bits & NO_ACK) !== 0) {
      this.#careless.add(`${channel} ${method.consumer}`);
    }
    // No message, and so no body: not one that has lost its fields.
    const body = method.name === 'BASIC.GET-EMPTY' ? undefined : JSON.stringify(method.fields);
    this.#tell(asked, 0, { body, size, end });
  }

  #tell(
    told: Asked,
    status: string | number | undefined,
    answer?: { readonly body: Content; readonly size: number | undefined; readonly end: number },
  ): void {
    const { method, start, end, content, size, isSent, asked } = told;
    const body = content.length > 0 ? content : JSON.stringify(method.fields);
    if (asked) {
      // A message that was asked for is the content behind this answer.
      this.#tell(asked, status, { body, size, end });
      return;
    }
    this.#listener.call({
      ...{ protocol: 'amqp', method: method.name, path: method.path, status, start },
      end: answer?.end ?? (status === undefined ? undefined : end),
      requestBody: body,
      ...(answer && { responseBody: answer.body }),
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
