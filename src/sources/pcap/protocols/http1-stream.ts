import { ByteQueue } from '../wire/byte-queue.ts';
import { KeptBytes } from '../wire/kept-bytes.ts';

/** Bytes that a head or a line may have: more is no HTTP. */
const MAX_HEAD = 256 * 1024;
const MAX_LINE = 16 * 1024;
const MAX_HEADERS = 512;
const [CR, LF] = [0x0d, 0x0a];
/** A line may end with LF alone. RFC 9112, 2.2. */
const LINE_END = ['\n'];
const HEAD_END = ['\n\r\n', '\n\n'];

/** One HTTP/1 message of one direction. */
export interface HttpMessage {
  readonly startLine: string;
  readonly headers: (readonly [name: string, value: string])[];
  readonly body: KeptBytes;
  /** Bytes on the wire. */
  size: number;
  /** Unix ms: when its first and last byte came. */
  readonly start: number;
  end: number;
  isWhole: boolean;
}

/** How long a body is. */
export type BodyLength = 'none' | 'chunked' | 'until-close' | 'opaque' | number;

type State = 'head' | 'body' | 'chunk-size' | 'chunk' | 'trailers' | 'until-close' | 'opaque';

interface Events {
  /** A head was read: how its body is delimited; opaque where no HTTP follows. */
  readonly head: (message: HttpMessage) => BodyLength;
  readonly end: (message: HttpMessage) => void;
}

/** Cuts one direction of a connection into HTTP/1 messages. RFC 9112. */
export class HttpStream {
  readonly #events: Events;
  readonly #queue = new ByteQueue();
  #state: State = 'head';
  #left = 0;
  #start: number | undefined;
  #message: HttpMessage | undefined;

  constructor(events: Events) {
    this.#events = events;
  }

  push(chunk: Buffer, now: number): void {
    if (this.#state === 'opaque') return;
    this.#queue.push(chunk);
    while (this.#queue.length > 0 && this.#step(now));
  }

  /** What came behind a switch to another protocol. */
  rest(): Buffer {
    return this.#queue.some(Number.POSITIVE_INFINITY);
  }

  /** Ends a body that lasts until the close, and tells a message that was cut off. */
  close(now: number): void {
    const message = this.#message;
    this.#message = undefined;
    if (!message) return;
    if (this.#state === 'until-close') this.#finish(message, now);
    else {
      message.body.cut = true;
      this.#events.end(message);
    }
  }

  #step(now: number): boolean {
    switch (this.#state) {
      case 'head':
        return this.#readHead(now);
      case 'body':
      case 'chunk':
      case 'until-close':
        return this.#readBody(now);
      case 'chunk-size':
        return this.#readChunkSize();
      case 'trailers':
        return this.#readTrailer(now);
      default:
        return false;
    }
  }

  #readHead(now: number): boolean {
    this.#start ??= now;
    this.#dropEmptyLines();
    const head = this.#queue.through(HEAD_END, MAX_HEAD);
    if (!head) return false;
    const [startLine = '', ...lines] = head.toString('latin1').split(/\r?\n/, MAX_HEADERS);
    const message: HttpMessage = {
      startLine,
      headers: lines.flatMap(headerOf),
      body: new KeptBytes(),
      size: head.length,
      start: this.#start,
      end: now,
      isWhole: false,
    };
    this.#start = undefined;
    const length = this.#events.head(message);
    this.#message = message;
    if (length === 'opaque') {
      this.#finish(message, now);
      this.#state = 'opaque';
    } else if (length === 'none' || length === 0) this.#finish(message, now);
    else if (length === 'chunked') this.#state = 'chunk-size';
    else if (length === 'until-close') this.#expect('until-close', Number.POSITIVE_INFINITY);
    else this.#expect('body', length);
    return true;
  }

  #dropEmptyLines(): void {
    for (;;) {
      const [first, second] = this.#queue.peek(Math.min(2, this.#queue.length)) ?? [];
      if (first === LF) this.#queue.drop(1);
      else if (first === CR && second === LF) this.#queue.drop(2);
      else return;
    }
  }

  #expect(state: State, length: number): void {
    this.#state = state;
    this.#left = length;
  }

  #readBody(now: number): boolean {
    const message = this.#message as HttpMessage;
    const bytes = this.#queue.some(this.#left);
    message.body.push(bytes);
    message.size += bytes.length;
    message.end = now;
    this.#left -= bytes.length;
    if (this.#left > 0) return true;
    if (this.#state === 'body') this.#finish(message, now);
    else this.#state = 'chunk-size';
    return true;
  }

  /** The size line of a chunk; the line end behind the chunk before it is an empty one. */
  #readChunkSize(): boolean {
    const line = this.#readLine();
    if (line === undefined) return false;
    if (line === '') return true;
    const [, digits] = /^([0-9a-f]{1,8})\s*(?:;|$)/i.exec(line) ?? [];
    if (digits === undefined) throw new RangeError('a chunk without its size');
    const size = Number.parseInt(digits, 16);
    if (size === 0) this.#state = 'trailers';
    else this.#expect('chunk', size);
    return true;
  }

  #readTrailer(now: number): boolean {
    const line = this.#readLine();
    if (line === undefined) return false;
    const message = this.#message as HttpMessage;
    if (line === '') this.#finish(message, now);
    else if (message.headers.length < MAX_HEADERS) message.headers.push(...headerOf(line));
    return true;
  }

  /** A line behind the head, without its end. */
  #readLine(): string | undefined {
    const line = this.#queue.through(LINE_END, MAX_LINE);
    if (!line) return undefined;
    (this.#message as HttpMessage).size += line.length;
    return line.toString('latin1').replace(/\r?\n$/, '');
  }

  #finish(message: HttpMessage, now: number): void {
    this.#message = undefined;
    this.#state = 'head';
    message.isWhole = true;
    message.end = now;
    this.#events.end(message);
  }
}

function headerOf(line: string): [string, string][] {
  const colon = line.indexOf(':');
  if (colon <= 0) return [];
  const value = line.slice(colon + 1).trim();
  // Bytes beyond ASCII are UTF-8 by custom.
  return [[line.slice(0, colon).trim(), Buffer.from(value, 'latin1').toString('utf8')]];
}
