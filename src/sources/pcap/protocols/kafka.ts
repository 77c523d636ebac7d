import type { ConnectionProtocol, Conversation, Listener, Side } from '../conversation.ts';
import { Fields } from '../wire/fields.ts';
import { type Frame, Frames } from '../wire/frames.ts';
import { kafkaApi, topicsIn } from './kafka-requests.ts';

const HEAD = 4;
const MAX_SIZE = 128 * 1024 * 1024;
const MAX_WAITING = 10_000;
const CLIENT_ID = /^[\w.:/@ #-]{0,200}$/;

/** Kafka's protocol. */
export const kafka: ConnectionProtocol = {
  name: 'kafka',
  ports: [9092, 9093, 9094, 29092],
  recognise: (bytes): Side | undefined => {
    if (bytes.length < 14 || bytes.readInt32BE(0) > MAX_SIZE) return undefined;
    if (bytes.readInt32BE(0) < bytes.length - HEAD) return undefined;
    try {
      const { clientId } = headerIn(new Fields(bytes, HEAD));
      return CLIENT_ID.test(clientId) ? 'client' : undefined;
    } catch {
      return undefined;
    }
  },
  open: (listener) => new KafkaConversation(listener),
};

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
