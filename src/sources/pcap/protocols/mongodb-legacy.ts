import { type BsonDocument, readBson, readBsons } from './bson.ts';

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

/** What a message asks. */
export interface MongoRequest {
  /** As the command that took its place, for those of before OP_MSG. */
  readonly document: BsonDocument;
  readonly isCommand: boolean;
  readonly isOneWay: boolean;
}

/** Reads a request in one of the forms that MongoDB 5.1 gave up. Throws RangeError for none. */
export function legacyRequest(bytes: Buffer): MongoRequest {
  const code = bytes.readInt32LE(12);
  const isOneWay = ONE_WAY.has(code);
  if (code === OP_KILL_CURSORS) {
    return { document: { killCursors: '' }, isCommand: false, isOneWay };
  }
  const end = bytes.indexOf(0, 20);
  if (end < 0) throw new RangeError('no name of a collection');
  const name = bytes.toString('utf8', 20, end);
  const collection = name.slice(name.indexOf('.') + 1);
  const isCommand = code === OP_QUERY && collection === COMMANDS;
  return { document: commandOf(bytes, code, collection, end + 1), isCommand, isOneWay };
}

/** `at`: what follows the collection's name. */
function commandOf(bytes: Buffer, code: number, collection: string, at: number): BsonDocument {
  switch (code) {
    case OP_INSERT:
      return { insert: collection, documents: readBsons(bytes, at, bytes.length) };
    case OP_UPDATE:
      return { update: collection, updates: readBsons(bytes, at + 4, bytes.length) };
    case OP_DELETE:
      return { delete: collection, deletes: readBsons(bytes, at + 4, bytes.length) };
    case OP_GET_MORE:
      return { getMore: collection };
    default: {
      const asked = readBson(bytes, at + 8);
      const query = isDocument(asked.$query) ? asked.$query : asked;
      return collection === COMMANDS ? query : { find: collection, filter: query };
    }
  }
}

/** The answer to a command is its document; to others, what was found. */
export function legacyReply(bytes: Buffer, isCommand: boolean): BsonDocument {
  const documents = readBsons(bytes, 36, bytes.length);
  const [first = {}] = documents;
  if (bytes.readInt32LE(16) & QUERY_FAILURE) return { ...first, ok: 0 };
  return isCommand ? first : { documents };
}

function isDocument(value: unknown): value is BsonDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
