import type { ConnectionProtocol, Conversation, Listener } from '../conversation.ts';
import { type Frame, Frames } from '../wire/frames.ts';
import { type AnswerKind, isEof, MysqlAnswer } from './mysql-answer.ts';
import { MysqlStatement } from './mysql-statement.ts';

const HEAD = 4;
const SSL = 0x0800;
/** Compressed packets, which are not read: zlib's and zstd's. */
const COMPRESS = 0x0020 | 0x04000000;

/** What a command is, and how its answer is read; others are of the connection and answered by one packet. */
const COMMANDS: Readonly<Record<number, readonly [name: string, answer: AnswerKind]>> = {
  1: ['QUIT', 'none'],
  2: ['INIT_DB', 'result'],
  3: ['QUERY', 'result'],
  4: ['FIELD_LIST', 'fields'],
  17: ['CHANGE_USER', 'none'],
  18: ['REPLICATE', 'none'],
  22: ['PREPARE', 'prepared'],
  23: ['EXECUTE', 'binary'],
  24: ['SEND_LONG_DATA', 'none'],
  25: ['CLOSE', 'none'],
  28: ['FETCH', 'rows'],
  30: ['REPLICATE', 'none'],
  250: ['BULK_EXECUTE', 'binary'],
};
/** Commands that are calls. */
const TOLD = new Set(['INIT_DB', 'QUERY', 'PREPARE', 'EXECUTE', 'BULK_EXECUTE']);
const STATEMENT =
  /(?:SELECT|INSERT|UPDATE|DELETE|REPLACE|SHOW|SET|CALL|BEGIN|START|COMMIT|ROLLBACK|CREATE|DROP|ALTER|WITH)\b/i;
const STATEMENT_COMMANDS = new Set(['EXECUTE', 'BULK_EXECUTE', 'FETCH', 'SEND_LONG_DATA', 'CLOSE']);
const MAX_STATEMENTS = 5_000;
const MAX_WAITING = 10_000;
/** The statement that was prepared last, in MariaDB. */
const LAST = 0xffffffff;

/** MySQL and MariaDB, protocol version 10. */
export const mysql: ConnectionProtocol = {
  name: 'mysql',
  ports: [3306, 33060],
  recognise: (bytes) => {
    if (bytes.length < HEAD + 2 || bytes.readUIntLE(0, 3) !== bytes.length - HEAD) return undefined;
    if (bytes[3] === 0 && bytes[4] === 10) {
      return /^\d+\.\d+[\w.+~-]*\0/.test(bytes.toString('latin1', 5, 69)) ? 'server' : undefined;
    }
    const isQuery = bytes[3] === 0 && (bytes[4] === 3 || bytes[4] === 22);
    return isQuery && /^[\s/(]*[A-Za-z]{2,12}\b/.test(bytes.toString('latin1', 5, 64))
      ? 'client'
      : undefined;
  },
  open: (listener) => new MysqlConversation(listener),
};

interface Command {
  readonly name: string;
  readonly frame: Frame;
  /** What is asked, or the statement that is prepared or run; undefined for one that is not known. */
  readonly text: string | MysqlStatement | undefined;
  readonly answer: MysqlAnswer;
  /** The number of its last packet, which those of its answer follow. */
  sequence: number;
}

/** Commands and their answers follow each other strictly; a client may send some ahead. */
class MysqlConversation implements Conversation {
  readonly #listener: Listener;
  readonly #asked = new Frames(FRAMING);
  readonly #answered = new Frames(FRAMING);
  readonly #statements = new Map<number, MysqlStatement>();
  #last: MysqlStatement | undefined;
  #phase: 'greeting' | 'login' | 'commands' = 'commands';
  readonly #waiting: Command[] = [];
  #isOpaque = false;
  /** Packets are compressed once the login has ended. */
  #isCompressing = false;
  #isBegun = false;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  request(bytes: Buffer, now: number): void {
    this.#isBegun = true;
    this.#asked.push(bytes, now);
    for (let frame = this.#next(this.#asked, now); frame; frame = this.#next(this.#asked, now)) {
      if (this.#phase === 'commands') this.#ask(frame);
      // After a request for encryption nothing can be read.
      else if (frame.size === HEAD + 32 && (frame.bytes.readUInt32LE(HEAD) & SSL) !== 0) {
        this.#hide();
      } else if (frame.size >= HEAD + 32 && (frame.bytes.readUInt32LE(HEAD) & COMPRESS) !== 0) {
        this.#isCompressing = true;
      }
    }
  }

  #hide(): void {
    this.#isOpaque = true;
    this.#listener.opaque?.();
  }

  response(bytes: Buffer, now: number): void {
    if (!this.#isBegun) this.#phase = 'greeting';
    this.#isBegun = true;
    this.#answered.push(bytes, now);
    for (
      let frame = this.#next(this.#answered, now);
      frame;
      frame = this.#next(this.#answered, now)
    ) {
      this.#answerPart(frame);
    }
  }

  close(): void {
    for (const command of this.#waiting.splice(0)) this.#tell(command, undefined);
  }

  #next(frames: Frames, now: number): Frame | undefined {
    return this.#isOpaque ? undefined : frames.next(now);
  }

  #ask(frame: Frame): void {
    const sequence = frame.bytes.readUInt8(3);
    const before = this.#waiting.at(-1);
    // More of a command, or a file that it was asked for.
    if (sequence > 0 && before) {
      before.sequence = sequence;
      return;
    }
    const [name, kind] = COMMANDS[frame.bytes[HEAD] as number] ?? ['OTHER', 'plain'];
    // The server asks for the new user's password as it did for the first one's.
    if (name === 'CHANGE_USER') this.#phase = 'login';
    // Events follow without an end.
    if (name === 'REPLICATE') this.#isOpaque = true;
    const text = this.#textOf(name, frame.bytes);
    if (kind === 'none') return;
    if (this.#waiting.length >= MAX_WAITING) throw new RangeError('nothing is answered');
    const described = typeof text === 'object' ? text : undefined;
    this.#waiting.push({ name, text, frame, sequence, answer: new MysqlAnswer(kind, described) });
  }

  #textOf(name: string, bytes: Buffer): string | MysqlStatement | undefined {
    if (name === 'QUERY' || name === 'INIT_DB') return queryIn(name, bytes.subarray(HEAD + 1));
    if (name === 'PREPARE') {
      this.#last = new MysqlStatement(bytes.toString('utf8', HEAD + 1));
      return this.#last;
    }
    if (!STATEMENT_COMMANDS.has(name)) return '';
    const id = bytes.readUInt32LE(HEAD + 1);
    const statement = id === LAST ? this.#last : this.#statements.get(id);
    if (name === 'CLOSE') this.#statements.delete(id);
    if (name === 'SEND_LONG_DATA') statement?.sendsAhead();
    return statement;
  }

  #answerPart(frame: Frame): void {
    const first = frame.bytes[HEAD];
    if (this.#phase !== 'commands') {
      // The login ends with OK or with an error; what else comes belongs to it.
      if (first === 0 && this.#phase === 'login') {
        this.#phase = 'commands';
        if (this.#isCompressing) this.#hide();
      } else if (first === 10 && this.#phase === 'greeting') this.#phase = 'login';
      return;
    }
    const [command] = this.#waiting;
    if (!command) {
      if (!isEof(frame)) this.#listener.orphan();
      return;
    }
    const sequence = (command.sequence + 1) & 0xff;
    if (sequence !== frame.bytes[3]) {
      // An EOF of old behind a statement's description, which ended without it.
      if (isEof(frame)) return;
      throw new RangeError('a packet of another answer');
    }
    command.sequence = sequence;
    if (!command.answer.add(frame)) return;
    this.#waiting.shift();
    this.#tell(command, frame.end);
  }

  #tell(command: Command, end: number | undefined): void {
    const { name, text, frame } = command;
    const answer = end === undefined ? undefined : command.answer;
    const statement = typeof text === 'object' ? text : undefined;
    if (name === 'PREPARE') {
      this.#keep(statement);
      // What is prepared counts where it is run, but for what can't be.
      if (answer?.error === undefined) return;
      statement?.fails();
    } else if (statement?.isRefused) return;
    if (!TOLD.has(name)) return;
    if (text === undefined) this.#listener.unnamed();
    const sql = (typeof text === 'object' ? text.sql : text) ?? '';
    const params = name === 'PREPARE' ? [] : (statement?.parametersIn(frame.bytes) ?? []);
    const verb = /^(?:\s|\/\*[^*]*\*\/)*([a-z]+)/i.exec(sql.slice(0, 4096))?.[1];
    this.#listener.call({
      protocol: 'mysql',
      method: (verb ?? name).toUpperCase(),
      path: sql,
      status: answer && (answer.error?.code ?? 0),
      start: frame.start,
      end,
      requestBody: JSON.stringify({ query: sql, ...(params.length > 0 && { params }) }),
      responseBody: answer && JSON.stringify(answer.plain()),
      requestSize: frame.size,
      responseSize: answer?.size,
    });
  }

  #keep(statement: MysqlStatement | undefined): void {
    if (statement?.id === undefined) return;
    this.#statements.set(statement.id, statement);
    const [oldest] = this.#statements.keys();
    if (this.#statements.size > MAX_STATEMENTS) this.#statements.delete(oldest as number);
  }
}

const FRAMING = {
  head: () => HEAD,
  size: (head: Buffer) => HEAD + head.readUIntLE(0, 3),
};

/**
 * The text of a query. Before it may stand attributes: their number, that of their sets, and where
 * there are any, their values, behind which the text is looked for.
 */
function queryIn(name: string, bytes: Buffer): string {
  if (name === 'INIT_DB') return `USE ${bytes.toString('utf8')}`;
  const [attributes = 0x20, sets] = bytes;
  if (attributes >= 0x20 || sets !== 1 || name !== 'QUERY') return bytes.toString('utf8');
  if (attributes === 0) return bytes.toString('utf8', 2);
  const text = bytes.toString('latin1');
  const from = text.search(STATEMENT);
  return from < 0 ? '' : bytes.toString('utf8', from);
}
