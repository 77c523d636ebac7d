import type { ConnectionProtocol, Conversation, Listener } from '../conversation.ts';
import { type Frame, Frames } from '../wire/frames.ts';
import { type AnswerKind, MysqlAnswer } from './mysql-answer.ts';

const HEAD = 4;
const SSL = 0x0800;

/** What a command is, and how its answer is read; others are of the connection and answered by one packet. */
const COMMANDS: Readonly<Record<number, readonly [name: string, answer: AnswerKind]>> = {
  1: ['QUIT', 'none'],
  2: ['INIT_DB', 'result'],
  3: ['QUERY', 'result'],
  4: ['FIELD_LIST', 'fields'],
  17: ['CHANGE_USER', 'none'],
  22: ['PREPARE', 'prepared'],
  23: ['EXECUTE', 'binary'],
  24: ['SEND_LONG_DATA', 'none'],
  25: ['CLOSE', 'none'],
};
/** Commands that are calls. */
const TOLD = new Set(['INIT_DB', 'QUERY', 'PREPARE', 'EXECUTE']);
const STATEMENT =
  /(?:SELECT|INSERT|UPDATE|DELETE|REPLACE|SHOW|SET|CALL|BEGIN|START|COMMIT|ROLLBACK|CREATE|DROP|ALTER|WITH)\b/i;
const MAX_STATEMENTS = 5_000;

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

interface Statement {
  readonly sql: string;
}

interface Command {
  readonly name: string;
  readonly sql: string | undefined;
  readonly frame: Frame;
}

/** Commands and their answers follow each other strictly: a command waits for the answer before it. */
class MysqlConversation implements Conversation {
  readonly #listener: Listener;
  readonly #asked = new Frames(FRAMING);
  readonly #answered = new Frames(FRAMING);
  readonly #statements = new Map<number, Statement>();
  #phase: 'greeting' | 'login' | 'commands' = 'commands';
  #command: Command | undefined;
  #answer: MysqlAnswer | undefined;
  #isOpaque = false;
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
        this.#isOpaque = true;
      }
    }
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
    const command = this.#command;
    this.#command = undefined;
    if (command) this.#tell(command, undefined, undefined);
  }

  #next(frames: Frames, now: number): Frame | undefined {
    return this.#isOpaque ? undefined : frames.next(now);
  }

  #ask(frame: Frame): void {
    const code = frame.bytes.readUInt8(HEAD);
    const [name, kind] = COMMANDS[code] ?? ['OTHER', 'plain'];
    if (this.#command) throw new RangeError('a command before its answer');
    if (name === 'CLOSE') this.#statements.delete(frame.bytes.readUInt32LE(HEAD + 1));
    // The server asks for the new user's password as it did for the first one's.
    if (name === 'CHANGE_USER') this.#phase = 'login';
    if (kind === 'none') return;
    this.#command = { name, sql: this.#textOf(name, frame.bytes), frame };
    this.#answer = new MysqlAnswer(kind);
  }

  #textOf(name: string, bytes: Buffer): string | undefined {
    if (name === 'EXECUTE') return this.#statements.get(bytes.readUInt32LE(HEAD + 1))?.sql;
    return TOLD.has(name) ? queryIn(name, bytes.subarray(HEAD + 1)) : '';
  }

  #answerPart(frame: Frame): void {
    const first = frame.bytes[HEAD];
    if (this.#phase !== 'commands') {
      // The login ends with OK or with an error; what else comes belongs to it.
      if (first === 0 && this.#phase === 'login') this.#phase = 'commands';
      else if (first === 10 && this.#phase === 'greeting') this.#phase = 'login';
      return;
    }
    const command = this.#command;
    if (!command || !this.#answer) {
      this.#listener.orphan();
      return;
    }
    if (!this.#answer.add(frame)) return;
    this.#command = undefined;
    this.#tell(command, this.#answer, frame.end);
  }

  #tell({ name, sql, frame }: Command, answer: MysqlAnswer | undefined, end: number | undefined) {
    if (name === 'PREPARE') {
      if (answer?.statement !== undefined && sql !== undefined) {
        this.#statements.set(answer.statement, { sql });
        const [oldest] = this.#statements.keys();
        if (this.#statements.size > MAX_STATEMENTS) this.#statements.delete(oldest as number);
      }
      // What is prepared counts where it is run, but for what can't be.
      if (answer?.error === undefined) return;
    }
    if (!TOLD.has(name)) return;
    if (sql === undefined) this.#listener.unnamed();
    const verb = /^(?:\s|\/\*[^*]*\*\/)*([a-z]+)/i.exec((sql ?? '').slice(0, 4096))?.[1];
    this.#listener.call({
      protocol: 'mysql',
      method: (verb ?? name).toUpperCase(),
      path: sql ?? '',
      status: answer && (answer.error?.code ?? 0),
      start: frame.start,
      end,
      requestBody: JSON.stringify({ query: sql ?? '' }),
      responseBody: answer && JSON.stringify(answer.plain()),
      requestSize: frame.size,
      responseSize: answer?.size,
    });
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
