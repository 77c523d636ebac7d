import { Fields } from '../wire/fields.ts';
import type { Frame } from '../wire/frames.ts';
import { type Column, readBinaryRow, readColumn, readLength, readTextRow } from './mysql-values.ts';

const HEAD = 4;
const OK = 0x00;
const EOF = 0xfe;
const ERROR = 0xff;
const NULL = 0xfb;
const MAX_PAYLOAD = 0xffffff;
/** Rows of an answer that its call shows. */
const SHOWN_ROWS = 20;
const MORE_RESULTS = 0x0008;
const CURSOR = 0x0040;

type Part = 'first' | 'columns' | 'rows' | 'definitions';

/**
 * How an answer is read: OK, an error or rows in text or binary form; more rows of a cursor; the
 * description of a statement; of columns; one packet; none at all.
 */
export type AnswerKind = 'result' | 'binary' | 'rows' | 'prepared' | 'fields' | 'plain' | 'none';

/** What is known of a statement that was prepared. */
export interface Description {
  /** The id that its server gave it; undefined until then. */
  id: number | undefined;
  parameterCount: number;
  columns: Column[];
}

/** The answer to one command, packet by packet: OK, an error, or rows behind their columns. */
export class MysqlAnswer {
  /** Bytes on the wire. */
  size = 0;
  error: { readonly code: number; readonly message: string } | undefined;
  readonly #kind: AnswerKind;
  readonly #described: Description | undefined;
  #part: Part = 'first';
  #left = 0;
  #isSeparated = false;
  #columns: Column[] = [];
  #rowCount = 0;
  readonly #rows: Record<string, unknown>[] = [];

  /** `described` is the statement that is run, or that this is the description of. */
  constructor(kind: AnswerKind, described?: Description) {
    this.#kind = kind;
    this.#described = described;
    if (kind === 'rows') this.#part = 'rows';
    this.#isSeparated = kind === 'rows';
  }

  /** Takes the next packet; whether it is the last one. */
  add(frame: Frame): boolean {
    const { bytes, size } = frame;
    const first = bytes.readUInt8(HEAD);
    const payload = size - HEAD;
    this.size += size;
    if (first === ERROR && this.#part !== 'columns') return this.#fail(bytes);
    if (this.#kind === 'plain') return true;
    if (this.#kind === 'fields') return isEof(frame);
    switch (this.#part) {
      case 'first':
        return this.#kind === 'prepared' ? this.#prepared(bytes) : this.#begun(bytes, first);
      case 'columns':
        this.#columns.push(readColumn(new Fields(bytes, HEAD)));
        if (--this.#left === 0) this.#part = 'rows';
        return false;
      case 'definitions':
        return isEof(frame) ? false : this.#defined(bytes);
      case 'rows':
        // An EOF or, where the client said that it needs none, an OK in an EOF's clothes.
        if (first === EOF && payload < MAX_PAYLOAD) return this.#ended(frame);
        this.#row(frame);
        return false;
    }
  }

  plain(): unknown {
    if (this.error) return { error: this.error };
    return { row_count: this.#rowCount, rows: this.#rows };
  }

  #fail(bytes: Buffer): boolean {
    const text = bytes.toString('utf8', HEAD + 3).replace(/^#[A-Z0-9]{5}/, '');
    this.error = { code: bytes.readUInt16LE(HEAD + 1), message: text };
    return true;
  }

  #begun(bytes: Buffer, first: number): boolean {
    // A file is asked for; what comes behind it is the answer.
    if (first === NULL) return false;
    const fields = new Fields(bytes, first === OK ? HEAD + 1 : HEAD);
    const count = readLength(fields) ?? 0;
    if (first === OK) {
      this.#rowCount += count;
      readLength(fields);
      return fields.left < 2 || (fields.bytes(2).readUInt16LE() & MORE_RESULTS) === 0;
    }
    this.#columns = [];
    this.#left = count;
    // MariaDB leaves out columns that its client knows from the statement's description.
    const isKnown = fields.left > 0 && fields.uint8() === 0;
    if (isKnown) this.#columns = this.#described?.columns ?? [];
    this.#part = count > 0 && !isKnown ? 'columns' : 'rows';
    return false;
  }

  /** Definitions of parameters and of columns follow, each list with an EOF of old behind it. */
  #prepared(bytes: Buffer): boolean {
    const [columns, parameters] = [bytes.readUInt16LE(HEAD + 5), bytes.readUInt16LE(HEAD + 7)];
    if (this.#described) {
      this.#described.id = bytes.readUInt32LE(HEAD + 1);
      this.#described.parameterCount = parameters;
    }
    this.#left = columns + parameters;
    this.#part = 'definitions';
    return this.#left === 0;
  }

  #defined(bytes: Buffer): boolean {
    this.#columns.push(readColumn(new Fields(bytes, HEAD)));
    if (--this.#left > 0) return false;
    if (this.#described) {
      this.#described.columns = this.#columns.slice(this.#described.parameterCount);
    }
    return true;
  }

  #ended(frame: Frame): boolean {
    const flags = frame.size >= HEAD + 5 ? frame.bytes.readUInt16LE(HEAD + 3) : 0;
    if ((flags & CURSOR) !== 0) return true;
    // The EOF between columns and rows, where a client still asks for it.
    if (isEof(frame) && !this.#isSeparated) {
      this.#isSeparated = true;
      return false;
    }
    if ((flags & MORE_RESULTS) === 0) return true;
    this.#part = 'first';
    this.#isSeparated = false;
    return false;
  }

  #row({ bytes, size }: Frame): void {
    this.#rowCount++;
    this.#isSeparated = true;
    if (this.#rows.length >= SHOWN_ROWS || bytes.length < size || this.#columns.length === 0)
      return;
    const read = this.#kind === 'binary' ? readBinaryRow : readTextRow;
    this.#rows.push(read(new Fields(bytes, HEAD), this.#columns));
  }
}

/** An EOF as it was before an OK took its place. */
export function isEof({ bytes, size }: Frame): boolean {
  return bytes[HEAD] === EOF && size - HEAD <= 5;
}
