import { ByteQueue } from '../wire/byte-queue.ts';
import { MAX_BODY } from '../wire/kept-bytes.ts';

export type RespValue = string | number | boolean | null | RespError | RespValue[];

/** An error reply (`-ERR …`). */
export class RespError {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }

  /** The word that an error begins with by convention, as `WRONGTYPE`. */
  get code(): string {
    return /^[A-Z]{2,16}(?= |$)/.exec(this.message)?.[0] ?? 'ERR';
  }

  toJSON(): { error: string } {
    return { error: this.message };
  }
}

/** One value with what it took. */
export interface RespRead {
  readonly value: RespValue;
  /** Out of band: nothing was asked for it. */
  readonly isPush: boolean;
  /** Bytes on the wire. */
  readonly size: number;
  /** Unix ms: when its first and its last byte came. */
  readonly start: number;
  readonly end: number;
}

interface Open {
  readonly items: RespValue[];
  left: number;
  readonly kind: string;
}

/** A bulk string under way. */
interface Bulk {
  /** Bytes to come, with the line end. */
  left: number;
  /** Those of its text. */
  keep: number;
  readonly kept: Buffer[];
  readonly isError: boolean;
}

const MAX_LINE = 64 * 1024;
const MAX_DEPTH = 32;
const MAX_BULK = 512 * 1024 * 1024;
const UNFINISHED = Symbol('unfinished');

/**
 * Cuts one direction of a connection into RESP values: any cut of the bytes gives the same. Of
 * values that are larger than what is kept, what is beyond is left out.
 */
export class RespReader {
  readonly #queue = new ByteQueue();
  readonly #open: Open[] = [];
  #bulk: Bulk | undefined;
  #start: number | undefined;
  #size = 0;
  #room = MAX_BODY;

  push(chunk: Buffer, now: number): void {
    this.#queue.push(chunk);
    this.#start ??= now;
  }

  next(now: number): RespRead | undefined {
    for (;;) {
      const value = this.#scalar();
      if (value === UNFINISHED) return undefined;
      const whole = this.#place(value);
      if (whole === UNFINISHED) continue;
      const read = { ...whole, size: this.#size, start: this.#start ?? now, end: now };
      this.#start = this.#queue.length > 0 ? now : undefined;
      this.#size = 0;
      this.#room = MAX_BODY;
      return read;
    }
  }

  /** The next value that holds no others; an array that begins is put on the stack. */
  #scalar(): RespValue | typeof UNFINISHED {
    for (;;) {
      if (this.#bulk) return this.#bulkPart(this.#bulk);
      const bytes = this.#queue.until('\r\n', MAX_LINE);
      if (!bytes) return UNFINISHED;
      this.#size += bytes.length + 2;
      const line = bytes.toString('utf8');
      const rest = line.slice(1);
      switch (line[0]) {
        case '+':
          return rest;
        case '-':
          return new RespError(rest);
        case ':':
        case ',':
          return Number(rest);
        case '(':
          return rest;
        case '#':
          return rest === 't';
        case '_':
          return null;
        case '$':
        case '=':
        case '!': {
          const length = count(rest, MAX_BULK);
          if (length < 0) return null;
          this.#bulk = { left: length + 2, kept: [], keep: length, isError: line[0] === '!' };
          break;
        }
        case '*':
        case '~':
        case '>':
        case '%':
        case '|': {
          const items = count(rest, MAX_BULK) * (line[0] === '%' || line[0] === '|' ? 2 : 1);
          if (items < 0) return null;
          if (items === 0) return [];
          if (this.#open.length >= MAX_DEPTH) throw new RangeError('nested too deep');
          this.#open.push({ items: [], left: items, kind: line[0] });
          break;
        }
        default:
          if (this.#open.length > 0 || !/^[\x20-\x7e]*$/.test(line))
            throw new RangeError('no RESP');
          // An inline command, as people and probes type it.
          return line.split(' ').filter((word) => word !== '');
      }
    }
  }

  #bulkPart(bulk: Bulk): RespValue | typeof UNFINISHED {
    while (bulk.left > 0) {
      if (this.#queue.length === 0) return UNFINISHED;
      const part = this.#queue.some(bulk.left);
      bulk.left -= part.length;
      this.#size += part.length;
      const kept = part.subarray(0, Math.max(0, Math.min(bulk.keep, this.#room)));
      bulk.keep -= part.length;
      this.#room -= kept.length;
      bulk.kept.push(kept);
    }
    this.#bulk = undefined;
    const text = Buffer.concat(bulk.kept).toString('utf8');
    return bulk.isError ? new RespError(text) : text;
  }

  /** Puts a value into the innermost array; the whole, once it is complete. */
  #place(value: RespValue): { value: RespValue; isPush: boolean } | typeof UNFINISHED {
    let done = value;
    let isPush = false;
    for (let inner = this.#open.at(-1); inner; inner = this.#open.at(-1)) {
      if (this.#room > 0) inner.items.push(done);
      this.#room -= 8;
      if (--inner.left > 0) return UNFINISHED;
      this.#open.pop();
      // Attributes stand before the value that they describe, and are none themselves.
      if (inner.kind === '|') return UNFINISHED;
      done = inner.items;
      isPush = inner.kind === '>';
    }
    return { value: done, isPush };
  }
}

function count(text: string, most: number): number {
  if (!/^(?:-1|\d{1,10})$/.test(text) || Number(text) > most)
    throw new RangeError('no RESP length');
  return Number(text);
}
