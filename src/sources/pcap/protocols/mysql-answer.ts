import { Fields } from '../wire/fields.ts';
import type { Frame } from '../wire/frames.ts';

const HEAD = 4;
const OK = 0x00;
const EOF = 0xfe;
const ERROR = 0xff;
const NULL = 0xfb;
/** Rows of an answer that its call shows. */
const SHOWN_ROWS = 20;
const MORE_RESULTS = 0x0008;
const INTEGERS = new Set([1, 2, 3, 9, 13]);
const FLOATS = new Set([4, 5]);
const JSON_TYPE = 245;

interface Column {
  readonly name: string;
  readonly type: number;
}

type Part = 'first' | 'columns' | 'rows' | 'definitions';

/**
 * How an answer is read: OK, an error or rows in text or binary form; the description of a statement; of
 * columns; one packet; none at all.
 */
export type AnswerKind = 'result' | 'binary' | 'prepared' | 'fields' | 'plain' | 'none';

/** The answer to one command, packet by packet: OK, an error, or rows behind their columns. */
export class MysqlAnswer {
  /** Bytes on the wire. */
  size = 0;
  error: { readonly code: number; readonly message: string } | undefined;
  /** The id of a statement that was prepared. */
  statement: number | undefined;
  readonly #kind: AnswerKind;
  #part: Part = 'first';
  #left = 0;
  #isSeparated = false;
  #columns: Column[] = [];
  #rowCount = 0;
  readonly #rows: Record<string, unknown>[] = [];

  constructor(kind: AnswerKind) {
    this.#kind = kind;
  }

  /** Takes the next packet; whether it is the last one. */
  add({ bytes, size }: Frame): boolean {
    this.size += size;
    const first = bytes.readUInt8(HEAD);
    const payload = size - HEAD;
    if (first === ERROR && this.#part !== 'columns') return this.#fail(bytes);
    if (this.#kind === 'plain') return true;
    if (this.#kind === 'fields') return first === EOF && payload < 9;
    switch (this.#part) {
      case 'first':
        return this.#kind === 'prepared' ? this.#prepared(bytes) : this.#begun(bytes, first);
      case 'columns':
        this.#columns.push(columnIn(bytes));
        if (--this.#left === 0) this.#part = 'rows';
        return false;
      case 'definitions':
        if (first !== EOF || payload >= 9) this.#left--;
        return this.#left <= 0;
      case 'rows':
        // An EOF or, where the client said that it needs none, an OK in an EOF's clothes.
        if (first === EOF && payload < MAX_PAYLOAD) return this.#ended(bytes, payload);
        this.#row(bytes);
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
    if (first === OK) {
      this.#rowCount = lengthIn(new Fields(bytes, HEAD + 1)) ?? 0;
      return true;
    }
    if (first === NULL) return true;
    this.#left = lengthIn(new Fields(bytes, HEAD)) ?? 0;
    this.#columns = [];
    this.#part = this.#left > 0 ? 'columns' : 'rows';
    return false;
  }

  /** Definitions of parameters and of columns follow, each list with an EOF of old behind it. */
  #prepared(bytes: Buffer): boolean {
    this.statement = bytes.readUInt32LE(HEAD + 1);
    this.#left = bytes.readUInt16LE(HEAD + 5) + bytes.readUInt16LE(HEAD + 7);
    this.#part = 'definitions';
    return this.#left === 0;
  }

  #ended(bytes: Buffer, payload: number): boolean {
    // The EOF between columns and rows, where a client still asks for it.
    if (payload === 5 && this.#rowCount === 0 && !this.#isSeparated) {
      this.#isSeparated = true;
      return false;
    }
    const flags = payload >= 5 ? bytes.readUInt16LE(HEAD + 3) : 0;
    if ((flags & MORE_RESULTS) === 0) return true;
    this.#part = 'first';
    this.#isSeparated = false;
    return false;
  }

  #row(bytes: Buffer): void {
    this.#rowCount++;
    if (this.#rows.length >= SHOWN_ROWS || this.#kind === 'binary') return;
    const fields = new Fields(bytes, HEAD);
    this.#rows.push(
      Object.fromEntries(this.#columns.map(({ name, type }) => [name, valueIn(fields, type)])),
    );
  }
}

const MAX_PAYLOAD = 0xffffff;

/** A length-encoded integer; undefined for NULL. */
function lengthIn(fields: Fields): number | undefined {
  const first = fields.uint8();
  if (first < NULL) return first;
  if (first === NULL) return undefined;
  const size = first === 0xfc ? 2 : first === 0xfd ? 3 : 6;
  const value = fields.bytes(size).readUIntLE(0, size);
  if (first === 0xfe) fields.bytes(2);
  return value;
}

function valueIn(fields: Fields, type: number): unknown {
  const length = lengthIn(fields);
  if (length === undefined) return null;
  const text = fields.text(length);
  if (INTEGERS.has(type) || FLOATS.has(type)) return Number(text);
  if (type !== JSON_TYPE) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Protocol::ColumnDefinition41. */
function columnIn(bytes: Buffer): Column {
  const fields = new Fields(bytes, HEAD);
  for (let i = 0; i < 4; i++) fields.bytes(lengthIn(fields) ?? 0);
  const name = fields.text(lengthIn(fields) ?? 0);
  fields.bytes(lengthIn(fields) ?? 0);
  fields.bytes(7);
  return { name, type: fields.uint8() };
}
