import { type BsonDocument, BsonReader } from './bson.ts';
import type { MongoMessage } from './mongodb-message.ts';

/** Messages from before OP_MSG. */
export const OP_REPLY = 1;
const OP_UPDATE = 2001;
const OP_INSERT = 2002;
const OP_QUERY = 2004;
const OP_GET_MORE = 2005;
const OP_DELETE = 2006;
const OP_KILL_CURSORS = 2007;
const ONE_WAY: ReadonlySet<number> = new Set([OP_UPDATE, OP_INSERT, OP_DELETE, OP_KILL_CURSORS]);
export const LEGACY_REQUESTS: ReadonlySet<number> = new Set([...ONE_WAY, OP_QUERY, OP_GET_MORE]);

const QUERY_FAILURE = 0x2;
const COMMANDS = '$cmd';

/** What a message says. */
export interface MongoContent {
  readonly document: BsonDocument;
  /** Whether it says more than was read. */
  readonly isCut: boolean;
}

/** What a message asks: as the command that took its place, for those of before OP_MSG. */
export interface MongoRequest extends MongoContent {
  readonly isCommand: boolean;
  readonly isOneWay: boolean;
}

/** Reads a request in one of the forms that MongoDB 5.1 gave up. Throws RangeError for none. */
export function legacyRequest({ code, bytes, isCut }: MongoMessage): MongoRequest {
  if (!LEGACY_REQUESTS.has(code)) throw new RangeError('no request');
  const isOneWay = ONE_WAY.has(code);
  if (code === OP_KILL_CURSORS) {
    return { document: { killCursors: '' }, isCut: false, isCommand: false, isOneWay };
  }
  const end = bytes.indexOf(0, 20);
  if (end < 0) throw new RangeError('no name of a collection');
  const name = bytes.toString('utf8', 20, end);
  const collection = name.slice(name.indexOf('.') + 1);
  const isCommand = code === OP_QUERY && collection === COMMANDS;
  const bson = new BsonReader(bytes, isCut);
  const document = commandOf(bson, code, collection, { at: end + 1, end: bytes.length });
  return { document, isCut: isCut || bson.isCut, isCommand, isOneWay };
}

/** `at`: what follows the collection's name. */
function commandOf(
  bson: BsonReader,
  code: number,
  collection: string,
  { at, end }: { readonly at: number; readonly end: number },
): BsonDocument {
  switch (code) {
    case OP_INSERT:
      return { insert: collection, documents: bson.documents(at, end) };
    case OP_UPDATE:
      return { update: collection, updates: bson.documents(at + 4, end) };
    case OP_DELETE:
      return { delete: collection, deletes: bson.documents(at + 4, end) };
    case OP_GET_MORE:
      return { getMore: collection };
    default: {
      const asked = bson.document(at + 8);
      const query = isDocument(asked.$query) ? asked.$query : asked;
      return collection === COMMANDS ? query : { find: collection, filter: query };
    }
  }
}

/** The answer to a command is its document; to others, what was found. Throws RangeError for none. */
export function legacyReply(message: MongoMessage, isCommand: boolean): MongoContent {
  const { code, bytes, isCut } = message;
  if (code !== OP_REPLY) throw new RangeError('no reply');
  const bson = new BsonReader(bytes, isCut);
  const documents = bson.documents(36, bytes.length);
  const [first = {}] = documents;
  const failed = (bytes.readInt32LE(16) & QUERY_FAILURE) !== 0;
  const document = failed ? { ...first, ok: 0 } : isCommand ? first : { documents };
  return { document, isCut: isCut || bson.isCut };
}

function isDocument(value: unknown): value is BsonDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
