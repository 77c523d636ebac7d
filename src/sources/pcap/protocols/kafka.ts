import type { ConnectionProtocol, Conversation, Listener, Memory, Side } from '../conversation.ts';
import type { Content } from '../exchange.ts';
import { Fields } from '../wire/fields.ts';
import { type Frame, Frames } from '../wire/frames.ts';
import { KeptBytes } from '../wire/kept-bytes.ts';
import { answeredTopics } from './kafka-answers.ts';
import { recordsIn } from './kafka-records.ts';
import { kafkaApi, type TopicPart, topicsIn } from './kafka-requests.ts';
import { KafkaTopics } from './kafka-topics.ts';

const HEAD = 4;
/** A request's length, key, version, correlation id and the length of its client's name. */
const LEAST = 14;
const MAX_SIZE = 128 * 1024 * 1024;
const MAX_WAITING = 10_000;
const MAX_TOPICS = 100;
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
  open: (listener, memory = new Map()) => new KafkaConversation(listener, memory),
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
  readonly topics: readonly TopicPart[];
}

/** Pairs requests and responses by correlation id. A request for several topics is a call of each. */
class KafkaConversation implements Conversation {
  readonly #listener: Listener;
  readonly #asked = new Frames(FRAMING);
  readonly #answered = new Frames(FRAMING);
  readonly #waiting = new Map<number, Asked>();
  readonly #names: KafkaTopics;

  constructor(listener: Listener, memory: Memory) {
    this.#listener = listener;
    this.#names = new KafkaTopics(memory);
  }

  request(bytes: Buffer, now: number): void {
    this.#asked.push(bytes, now);
    for (let frame = this.#asked.next(now); frame; frame = this.#asked.next(now)) {
      const fields = new Fields(frame.bytes, HEAD);
      const header = headerIn(fields);
      const asking = topicsIn(header.api, header.version, fields);
      if (header.api === 'PRODUCE') this.#names.produced(asking.topics);
      const asked = { ...header, frame, topics: this.#names.asked(asking) };
      if (!asking.isAnswered) this.#tell(asked, undefined);
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
    const answered = answer && answeredIn(api, version, answer);
    if (api === 'METADATA') this.#names.learn(answered ?? []);
    if (api === 'FETCH') this.#names.fetched(answered ?? []);
    const given = answered && this.#names.byName(answered);
    // What a session asks for was told before the capture began, but for what is found.
    const told = this.#names.byName([...topics, ...(api === 'FETCH' ? (answered ?? []) : [])]);
    if (told.size === 0) told.set('', NOTHING);
    for (const [name, topic] of [...told].slice(0, MAX_TOPICS)) {
      const found = given?.get(name);
      const records = api === 'PRODUCE' ? recordsIn(topic.batches)?.flat() : [];
      this.#listener.call({
        protocol: 'kafka',
        method: api,
        path: name,
        status: answer && (found?.error ?? 0),
        start: frame.start,
        end: answer?.end,
        requestBody: bodyOf(
          { topic: name, version, clientId, ...(records?.length !== 0 && { records }) },
          records !== undefined && frame.bytes.length === frame.size,
        ),
        ...(api === 'FETCH' && answer && { responseBody: fetchedBody(found) }),
        requestSize: frame.size,
        responseSize: answer?.size,
      });
    }
  }
}

const NOTHING: TopicPart = { name: '', batches: [] };

/** Undefined where an answer is longer than what is kept, or is not as its version should be. */
function answeredIn(api: string, version: number, answer: Frame): TopicPart[] | undefined {
  try {
    return answeredTopics(api, version, answer.bytes);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * Records, and how many each partition gave: some consumers work partition by partition. Where nothing
 * was found, or can't be read, nothing is known of a topic's messages.
 */
function fetchedBody(found: TopicPart | undefined): Content {
  const given = ((found && recordsIn(found.batches)) ?? []).filter(({ length }) => length > 0);
  const partitions = given.map(({ length }) => ({ records: length }));
  return bodyOf({ records: given.flat(), partitions }, given.length > 0);
}

/** What is not whole is unknown, and no change. */
function bodyOf(value: unknown, isWhole: boolean): Content {
  const text = JSON.stringify(value);
  if (isWhole) return text;
  const kept = new KeptBytes();
  kept.push(Buffer.from(text));
  kept.cut = true;
  return kept;
}

const FRAMING = {
  head: () => HEAD,
  size: (head: Buffer) => {
    const size = head.readInt32BE(0);
    if (size < 4 || size > MAX_SIZE) throw new RangeError('no message');
    return HEAD + size;
  },
};
