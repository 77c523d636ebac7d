import type { ConnectionProtocol, Conversation, Listener, Side } from '../conversation.ts';
import { Fields } from '../wire/fields.ts';
import { type Frame, Frames } from '../wire/frames.ts';
import { kafkaApi, topicsIn } from './kafka-requests.ts';

const HEAD = 4;
/** A request's length, key, version, correlation id and the length of its client's name. */
const LEAST = 14;
const MAX_SIZE = 128 * 1024 * 1024;
const MAX_WAITING = 10_000;
const CLIENT_ID = /^[\w.:/@ #-]{0,200}$/;

/** Kafka's protocol. */
export const kafka: ConnectionProtocol = {
  name: 'kafka',
  ports: [9092, 9093, 9094, 29092],
  recognise: (bytes, isUsualPort): Side | undefined => {
    for (let at = 0; at < bytes.length; at += HEAD + bytes.readInt32BE(at)) {
      // What comes behind a whole request may be the beginning of another one.
      if (bytes.length - at < LEAST && at > 0) return 'client';
      if (!isRequest(bytes.subarray(at), isUsualPort)) return undefined;
    }
    return bytes.length === 0 ? undefined : 'client';
  },
  open: (listener) => new KafkaConversation(listener),
};

/** Elsewhere than on a usual port its client has a name: bytes that are all but zero are no request. */
function isRequest(bytes: Buffer, isUsualPort: boolean): boolean {
  if (bytes.length < LEAST || bytes.readInt32BE(0) > MAX_SIZE) return false;
  if (bytes.readInt32BE(0) < LEAST - HEAD) return false;
  try {
    const { clientId } = headerIn(new Fields(bytes, HEAD));
    return (isUsualPort || clientId !== '') && CLIENT_ID.test(clientId);
  } catch {
    return false;
  }
}

interface Header {
  readonly api: string;
  readonly version: number;
  readonly correlation: number;
  readonly clientId: string;
}

/** Request header, version 1; later ones only add to it. */
function headerIn(fields: Fields): Header {
  const key = fields.int16();
  const version = fields.int16();
  const correlation = fields.int32();
  const length = fields.int16();
  const api = kafkaApi(key, version);
  if (api === undefined || length < -1) throw new RangeError('no Kafka request');
  return { api, version, correlation, clientId: fields.text(Math.max(0, length)) };
}

interface Asked extends Header {
  readonly frame: Frame;
  readonly topics: readonly string[];
}

/** Pairs requests and responses by correlation id. A request for several topics is a call of each. */
class KafkaConversation implements Conversation {
  readonly #listener: Listener;
  readonly #asked = new Frames(FRAMING);
  readonly #answered = new Frames(FRAMING);
  readonly #waiting = new Map<number, Asked>();

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  request(bytes: Buffer, now: number): void {
    this.#asked.push(bytes, now);
    for (let frame = this.#asked.next(now); frame; frame = this.#asked.next(now)) {
      const fields = new Fields(frame.bytes, HEAD);
      const header = headerIn(fields);
      const { topics, isAnswered } = topicsIn(header.api, header.version, fields);
      const asked = { ...header, frame, topics };
      if (!isAnswered) this.#tell(asked, undefined);
      else this.#waiting.set(header.correlation, asked);
      if (this.#waiting.size > MAX_WAITING) throw new RangeError('nothing is answered');
    }
  }

  response(bytes: Buffer, now: number): void {
    this.#answered.push(bytes, now);
    for (let frame = this.#answered.next(now); frame; frame = this.#answered.next(now)) {
      const correlation = frame.bytes.readInt32BE(HEAD);
      const asked = this.#waiting.get(correlation);
      this.#waiting.delete(correlation);
      if (asked) this.#tell(asked, frame);
      else this.#listener.orphan();
    }
  }

  close(): void {
    for (const asked of this.#waiting.values()) this.#tell(asked, undefined);
    this.#waiting.clear();
  }

  #tell({ api, version, clientId, frame, topics }: Asked, answer: Frame | undefined): void {
    for (const topic of topics.length === 0 ? [''] : topics) {
      this.#listener.call({
        protocol: 'kafka',
        method: api,
        path: topic,
        status: answer && 0,
        start: frame.start,
        end: answer?.end,
        requestBody: JSON.stringify({ topic, version, clientId }),
        requestSize: frame.size,
        responseSize: answer?.size,
      });
    }
  }
}

const FRAMING = {
  head: () => HEAD,
  size: (head: Buffer) => {
    const size = head.readInt32BE(0);
    if (size < 4 || size > MAX_SIZE) throw new RangeError('no message');
    return HEAD + size;
  },
};
