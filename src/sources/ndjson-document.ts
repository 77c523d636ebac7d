import { refuseEndless } from './ndjson-lines.ts';

const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const KEY_BYTES = 64;

/** Which array of a document holds the elements: behind a key that ends so, at this depth. */
export interface ElementArray {
  readonly key: RegExp;
  readonly depth: number;
}

/** That of an answer of the Hub. */
export const CALLS: ElementArray = { key: /"calls"\s*:\s*$/, depth: 1 };

/** A piece of a JSON document: one element, or what stood around the elements. */
export interface Piece {
  readonly kind: 'element' | 'too-long' | 'wrapper';
  readonly text: string;
}

/**
 * Takes JSON documents apart without holding them: the objects of an array (`[…]`), those of an
 * answer's `calls` (`{"calls": […], "truncated": …}`) or of another array inside, or objects that
 * simply follow each other, over as many lines as they like. An object longer than `limit` bytes is
 * skipped.
 */
export class DocumentSplitter {
  readonly #limit: number;
  readonly #array: ElementArray;
  #depth = 0;
  /** Depth at which elements begin. */
  #base = 0;
  #inString = false;
  #escaped = false;
  /** The object being collected, up to the chunk at hand. */
  #parts: Buffer[] = [];
  #length = 0;
  #collecting = false;
  /** What came before the array of elements. */
  #wrapper: Buffer[] | undefined;
  #before: Buffer | undefined;

  constructor(limit: number, array = CALLS) {
    this.#limit = limit;
    this.#array = array;
  }

  /** Whether the bytes so far end inside something. */
  get open(): boolean {
    return this.#depth > 0;
  }

  /** What the first document with such an array has before its elements. */
  get before(): string {
    return this.#before?.toString('utf8') ?? '';
  }

  /** Takes the next bytes; gives out the pieces that end in them. */
  push(chunk: Buffer): Piece[] {
    const pieces: Piece[] = [];
    let from = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i] as number;
      if (this.#inString) this.#stringByte(byte);
      else if (byte === QUOTE) this.#inString = true;
      else if (byte === OPEN_BRACE) {
        if (this.#depth === this.#base && !this.#collecting) {
          this.#collecting = true;
          from = i;
        }
        this.#depth++;
      } else if (byte === OPEN_BRACKET) {
        if (this.#depth === 0) this.#base = 1;
        else if (this.#base === 0 && this.#opensElements(chunk.subarray(from, i))) {
          this.#keep(chunk.subarray(from, i + 1));
          this.#wrapper = this.#parts;
          this.#before ??= Buffer.concat(this.#parts);
          this.#drop();
          this.#base = this.#depth + 1;
        }
        this.#depth++;
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        this.#depth = Math.max(0, this.#depth - 1);
        if (this.#collecting && this.#depth === this.#base) {
          this.#keep(chunk.subarray(from, i + 1));
          pieces.push(this.#finish());
        } else if (this.#base > 0 && this.#depth < this.#base) {
          if (this.#base > 1) {
            this.#parts = this.#wrapper ?? [];
            this.#collecting = true;
            from = i;
          }
          this.#base = 0;
        }
      }
    }
    if (this.#collecting) this.#keep(chunk.subarray(from));
    return pieces;
  }

  #stringByte(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inString = false;
  }

  #opensElements(before: Buffer): boolean {
    if (this.#depth !== this.#array.depth || !this.#collecting) return false;
    // A chunk may be as short as a byte.
    const near = [before];
    let length = before.length;
    for (let i = this.#parts.length - 1; i >= 0 && length < KEY_BYTES; i--) {
      const part = this.#parts[i] as Buffer;
      near.unshift(part);
      length += part.length;
    }
    return this.#array.key.test(Buffer.concat(near).subarray(-KEY_BYTES).toString('latin1'));
  }

  #keep(bytes: Buffer): void {
    this.#length += bytes.length;
    refuseEndless(this.#length);
    if (this.#length > this.#limit) this.#parts = [];
    else this.#parts.push(bytes);
  }

  #finish(): Piece {
    const tooLong = this.#length > this.#limit;
    const text = Buffer.concat(this.#parts).toString('utf8');
    this.#drop();
    if (this.#wrapper && this.#base === 0) {
      this.#wrapper = undefined;
      return { kind: 'wrapper', text };
    }
    return tooLong ? { kind: 'too-long', text: '' } : { kind: 'element', text };
  }

  #drop(): void {
    this.#parts = [];
    this.#length = 0;
    this.#collecting = false;
  }
}
