import type { ConnectionProtocol, Conversation, Listener, Side } from '../conversation.ts';
import { type Frame, Frames } from '../wire/frames.ts';
import { type BsonDocument, readBson, readBsons } from './bson.ts';
import {
  LEGACY_REQUESTS,
  legacyReply,
  legacyRequest,
  type MongoRequest,
  OP_REPLY,
} from './mongodb-legacy.ts';

const HEAD = 16;
const OP_MSG = 2013;
const OP_COMPRESSED = 2012;
const KNOWN = new Set([OP_REPLY, OP_MSG, OP_COMPRESSED, ...LEGACY_REQUESTS]);
const MAX_SIZE = 48_000_000 + 16 * 1024;
const MAX_WAITING = 10_000;
const CHECKSUM = 0x1;
const MORE_TO_COME = 0x2;

/** MongoDB's wire protocol: OP_MSG, and the forms before it, of which the first handshake still is. */
export const mongodb: ConnectionProtocol = {
  name: 'mongodb',
  ports: [27017, 27018, 27019],
  recognise: (bytes) => (isMessage(bytes) ? sideOf(bytes) : undefined),
  open: (listener) => new MongoConversation(listener),
};

function isMessage(bytes: Buffer): boolean {
  if (bytes.length < HEAD) return false;
  const size = bytes.readInt32LE(0);
  return size >= HEAD && size <= MAX_SIZE && KNOWN.has(bytes.readInt32LE(12));
}

/** A request answers nothing; some clients say that with other numbers where its form says it. */
function sideOf(bytes: Buffer): Side {
  const code = bytes.readInt32LE(12);
  if (LEGACY_REQUESTS.has(code)) return 'client';
  return code !== OP_REPLY && bytes.readInt32LE(8) === 0 ? 'client' : 'server';
}

interface Asked extends MongoRequest {
  readonly frame: Frame;
}

/** Pairs requests and replies by their ids. */
class MongoConversation implements Conversation {
  readonly #listener: Listener;
  readonly #asked = new Frames(FRAMING);
  readonly #answered = new Frames(FRAMING);
  readonly #waiting = new Map<number, Asked>();
  /** The id of an answer that another one follows unasked, as drivers have news of a server sent. */
  #streamed: number | undefined;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  request(bytes: Buffer, now: number): void {
    this.#asked.push(bytes, now);
    for (let frame = this.#asked.next(now); frame; frame = this.#asked.next(now)) {
      const request = requestIn(frame.bytes);
      if (!request) continue;
      const asked = { frame, ...request };
      if (asked.isOneWay) this.#tell(asked, undefined, undefined);
      else this.#waiting.set(frame.bytes.readInt32LE(4), asked);
      if (this.#waiting.size > MAX_WAITING) throw new RangeError('nothing is answered');
    }
  }

  response(bytes: Buffer, now: number): void {
    this.#answered.push(bytes, now);
    for (let frame = this.#answered.next(now); frame; frame = this.#answered.next(now)) {
      const id = frame.bytes.readInt32LE(8);
      const asked = this.#waiting.get(id);
      const isMore = this.#streamed === id || streamsOn(frame.bytes);
      this.#streamed = streamsOn(frame.bytes) ? frame.bytes.readInt32LE(4) : undefined;
      if (!asked) {
        if (!isMore) this.#listener.orphan();
        continue;
      }
      this.#waiting.delete(id);
      this.#tell(asked, answerIn(frame.bytes, asked.isCommand), frame);
    }
  }

  close(): void {
    for (const asked of this.#waiting.values()) this.#tell(asked, undefined, undefined);
    this.#waiting.clear();
  }

  #tell({ frame, document }: Asked, answer: BsonDocument | undefined, answered: Frame | undefined) {
    const [command = '', target] = Object.entries(document)[0] ?? [];
    this.#listener.call({
      protocol: 'mongodb',
      method: command.toUpperCase(),
      path: typeof target === 'string' ? target : '',
      status: answer && statusOf(answer),
      start: frame.start,
      end: answered?.end,
      requestBody: JSON.stringify(document),
      responseBody: answer && JSON.stringify(answer),
      requestSize: frame.size,
      responseSize: answered?.size,
    });
  }
}

const FRAMING = {
  head: () => HEAD,
  size: (head: Buffer) => {
    if (!isMessage(head)) throw new RangeError('no message');
    return head.readInt32LE(0);
  },
};

/** The error's code; that of the first write that failed; 0 for success. */
function statusOf(answer: BsonDocument): number {
  const errors = answer.writeErrors;
  const [first] = Array.isArray(errors) ? errors : [];
  if (answer.ok !== 0 && first === undefined) return 0;
  const code = (first ?? answer).code;
  return typeof code === 'number' ? code : 1;
}

/** Whether another answer follows: a reply to this one, of which nobody asks for more. */
function streamsOn(bytes: Buffer): boolean {
  return bytes.readInt32LE(12) === OP_MSG && (bytes.readUInt32LE(16) & MORE_TO_COME) !== 0;
}

/** What a message asks; undefined for one that is compressed. */
function requestIn(bytes: Buffer): MongoRequest | undefined {
  const code = bytes.readInt32LE(12);
  if (LEGACY_REQUESTS.has(code)) return legacyRequest(bytes);
  if (code !== OP_MSG) return undefined;
  const isOneWay = (bytes.readUInt32LE(16) & MORE_TO_COME) !== 0;
  return { document: sections(bytes), isCommand: true, isOneWay };
}

function answerIn(bytes: Buffer, isCommand: boolean): BsonDocument {
  const code = bytes.readInt32LE(12);
  if (code === OP_REPLY) return legacyReply(bytes, isCommand);
  return code === OP_MSG ? sections(bytes) : {};
}

/** The document of kind 0, and the sequences of documents of kind 1 by their names. */
function sections(bytes: Buffer): BsonDocument {
  const end = bytes.length - (bytes.readUInt32LE(16) & CHECKSUM ? 4 : 0);
  const found: BsonDocument = {};
  for (let at = 20; at < end; ) {
    const kind = bytes[at++];
    const size = bytes.readInt32LE(at);
    if (size < 5) throw new RangeError('no section');
    if (kind === 0) Object.assign(found, readBson(bytes, at));
    else if (kind === 1) {
      const name = bytes.indexOf(0, at + 4);
      if (name < 0) throw new RangeError('no section');
      found[bytes.toString('utf8', at + 4, name)] = readBsons(bytes, name + 1, at + size);
    } else throw new RangeError('no section');
    at += size;
  }
  return found;
}
