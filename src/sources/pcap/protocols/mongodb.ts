import type { ConnectionProtocol, Conversation, Listener, Side } from '../conversation.ts';
import type { Content } from '../exchange.ts';
import { type Frame, Frames } from '../wire/frames.ts';
import { KeptBytes } from '../wire/kept-bytes.ts';
import { type BsonDocument, BsonReader } from './bson.ts';
import {
  LEGACY_REQUESTS,
  legacyReply,
  legacyRequest,
  type MongoContent,
  type MongoRequest,
  OP_REPLY,
} from './mongodb-legacy.ts';
import { HEAD, MAX_SIZE, type MongoMessage, messageIn } from './mongodb-message.ts';

const OP_MSG = 2013;
const OP_COMPRESSED = 2012;
const KNOWN = new Set([OP_REPLY, OP_MSG, OP_COMPRESSED, ...LEGACY_REQUESTS]);
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
      const message = messageIn(frame);
      const asked = { frame, ...requestIn(message) };
      if (asked.isOneWay) this.#tell(asked, undefined, undefined);
      else this.#waiting.set(message.id, asked);
      if (this.#waiting.size > MAX_WAITING) throw new RangeError('nothing is answered');
    }
  }

  response(bytes: Buffer, now: number): void {
    this.#answered.push(bytes, now);
    for (let frame = this.#answered.next(now); frame; frame = this.#answered.next(now)) {
      const message = messageIn(frame);
      const asked = this.#waiting.get(message.answers);
      const isMore = this.#streamed === message.answers || streamsOn(message);
      this.#streamed = streamsOn(message) ? message.id : undefined;
      if (!asked) {
        if (!isMore) this.#listener.orphan();
        continue;
      }
      this.#waiting.delete(message.answers);
      this.#tell(asked, answerIn(message, asked.isCommand), frame);
    }
  }

  close(): void {
    for (const asked of this.#waiting.values()) this.#tell(asked, undefined, undefined);
    this.#waiting.clear();
  }

  #tell({ frame, document, isCut }: Asked, answer?: MongoContent, answered?: Frame): void {
    const [command = '', target] = Object.entries(document)[0] ?? [];
    const named = typeof target === 'string' ? target : document.collection;
    this.#listener.call({
      protocol: 'mongodb',
      method: command.toUpperCase(),
      path: typeof named === 'string' ? named : '',
      status: answer && statusOf(answer.document),
      start: frame.start,
      end: answered?.end,
      requestBody: contentOf({ document, isCut }),
      responseBody: answer && contentOf(answer),
      requestSize: frame.size,
      responseSize: answered?.size,
    });
  }
}

function contentOf({ document, isCut }: MongoContent): Content {
  const text = JSON.stringify(document);
  if (!isCut) return text;
  const kept = new KeptBytes();
  kept.push(Buffer.from(text));
  kept.cut = true;
  return kept;
}

const FRAMING = {
  head: () => HEAD,
  size: (head: Buffer) => {
    if (!isMessage(head)) throw new RangeError('no message');
    return head.readInt32LE(0);
  },
};

/** The error's code; that of the first write that failed, or was not acknowledged as asked; 0 for success. */
function statusOf(answer: BsonDocument): number {
  const errors = answer.writeErrors;
  const [first = answer.writeConcernError] = Array.isArray(errors) ? errors : [];
  if (answer.ok !== 0 && first === undefined) return 0;
  const code = (first ?? answer).code;
  return typeof code === 'number' ? code : 1;
}

/** Whether another answer follows: a reply to this one, of which nobody asks for more. */
function streamsOn({ code, bytes }: MongoMessage): boolean {
  return code === OP_MSG && (bytes.readUInt32LE(HEAD) & MORE_TO_COME) !== 0;
}

/** Throws RangeError for what asks nothing. */
function requestIn(message: MongoMessage): MongoRequest {
  if (message.code !== OP_MSG) return legacyRequest(message);
  const isOneWay = (message.bytes.readUInt32LE(HEAD) & MORE_TO_COME) !== 0;
  return { ...sections(message), isCommand: true, isOneWay };
}

function answerIn(message: MongoMessage, isCommand: boolean): MongoContent {
  return message.code === OP_MSG ? sections(message) : legacyReply(message, isCommand);
}

/** The document of kind 0, and the sequences of documents of kind 1 by their names. */
function sections({ bytes, isCut }: MongoMessage): MongoContent {
  const hasChecksum = !isCut && (bytes.readUInt32LE(HEAD) & CHECKSUM) !== 0;
  const end = bytes.length - (hasChecksum ? 4 : 0);
  const bson = new BsonReader(bytes, isCut);
  let command: BsonDocument = {};
  const sequences: BsonDocument = {};
  for (let at = HEAD + 4; at + 5 <= end; ) {
    const kind = bytes[at++];
    const size = bytes.readInt32LE(at);
    if (size < 5) throw new RangeError('no section');
    if (kind === 0) command = bson.document(at);
    else if (kind === 1) {
      const name = bytes.indexOf(0, at + 4);
      if (name < 0) throw new RangeError('no section');
      sequences[bytes.toString('utf8', at + 4, name)] = bson.documents(name + 1, at + size);
    } else throw new RangeError('no section');
    at += size;
  }
  return { document: { ...command, ...sequences }, isCut: isCut || bson.isCut };
}
