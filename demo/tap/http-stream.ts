/** One HTTP/1.1 message of one direction. */
export interface HttpMessage {
  readonly startLine: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  body: Buffer[];
  bytes: number;
  readonly start: number;
  end: number;
  complete: boolean;
}

export type Framing = 'none' | 'chunked' | 'until-close' | { readonly length: number };

type State =
  | 'head'
  | 'length'
  | 'chunk-size'
  | 'chunk-data'
  | 'trailers'
  | 'until-close'
  | 'opaque';

const crlf = Buffer.from('\r\n');
const blankLine = Buffer.from('\r\n\r\n');

/**
 * Cuts one direction of a connection into HTTP/1.1 messages (RFC 9112): any cut of the bytes gives
 * the same messages, pipelined ones included.
 */
export class HttpStream {
  readonly #framing: (message: HttpMessage) => Framing | 'opaque';
  readonly #ended: (message: HttpMessage) => void;
  #buffer: Buffer = Buffer.alloc(0);
  #state: State = 'head';
  #left = 0;
  #start: number | undefined;
  #message: HttpMessage | undefined;

  /** `framing` is asked once a head is read: how its body is delimited, or 'opaque' to stop reading. */
  constructor(
    framing: (message: HttpMessage) => Framing | 'opaque',
    ended: (message: HttpMessage) => void,
  ) {
    this.#framing = framing;
    this.#ended = ended;
  }

  push(chunk: Buffer, now: number): void {
    if (this.#state === 'opaque') return;
    this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
    while (this.#buffer.length > 0 && this.#step(now));
  }

  /** Ends a body that lasts until the close, and tells a message that was cut off. */
  close(now: number): void {
    if (this.#message) {
      if (this.#state === 'until-close') this.#finish(now);
      else this.#ended(this.#message);
    }
    this.stop();
  }

  /** Reads no further, as after an upgrade. */
  stop(): void {
    this.#state = 'opaque';
    this.#message = undefined;
    this.#buffer = Buffer.alloc(0);
  }

  /** Consumes what it can; false when more bytes are needed. */
  #step(now: number): boolean {
    switch (this.#state) {
      case 'head':
        return this.#readHead(now);
      case 'length':
      case 'chunk-data':
        return this.#readBody(now);
      case 'chunk-size':
        return this.#readChunkSize();
      case 'trailers':
        return this.#readTrailer(now);
      case 'until-close':
        this.#take(this.#buffer.length, true);
        return false;
      default:
        return false;
    }
  }

  #readHead(now: number): boolean {
    this.#start ??= now;
    while (this.#buffer[0] === 0x0d && this.#buffer[1] === 0x0a) {
      this.#buffer = this.#buffer.subarray(2);
    }
    const end = this.#buffer.indexOf(blankLine);
    if (end < 0) return false;
    const [startLine = '', ...lines] = this.#buffer.toString('latin1', 0, end).split('\r\n');
    const headers = lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    });
    this.#message = {
      startLine,
      headers,
      body: [],
      bytes: 0,
      start: this.#start,
      end: now,
      complete: false,
    };
    this.#start = undefined;
    this.#take(end + blankLine.length, false);
    const framing = this.#framing(this.#message);
    if (framing === 'opaque') {
      this.#finish(now);
      this.stop();
    } else if (framing === 'none') this.#finish(now);
    else if (framing === 'chunked') this.#state = 'chunk-size';
    else if (framing === 'until-close') this.#state = 'until-close';
    else this.#expect('length', framing.length, now);
    return true;
  }

  #expect(state: 'length' | 'chunk-data', length: number, now: number): void {
    this.#state = state;
    this.#left = length;
    if (length === 0) this.#readBody(now);
  }

  #readBody(now: number): boolean {
    const size = Math.min(this.#left, this.#buffer.length);
    this.#take(size, true);
    this.#left -= size;
    if (this.#left > 0) return false;
    if (this.#state === 'length') this.#finish(now);
    else {
      if (this.#buffer.length < crlf.length) return false;
      this.#take(crlf.length, false);
      this.#state = 'chunk-size';
    }
    return true;
  }

  #readChunkSize(): boolean {
    const end = this.#buffer.indexOf(crlf);
    if (end < 0) return false;
    const size = Number.parseInt(this.#buffer.toString('latin1', 0, end), 16);
    this.#take(end + crlf.length, false);
    this.#left = size;
    this.#state = size > 0 ? 'chunk-data' : 'trailers';
    return true;
  }

  #readTrailer(now: number): boolean {
    const end = this.#buffer.indexOf(crlf);
    if (end < 0) return false;
    this.#take(end + crlf.length, false);
    if (end === 0) this.#finish(now);
    return true;
  }

  #take(size: number, isBody: boolean): void {
    const message = this.#message;
    if (message) {
      if (isBody && size > 0) message.body.push(this.#buffer.subarray(0, size));
      message.bytes += size;
    }
    this.#buffer = this.#buffer.subarray(size);
  }

  #finish(now: number): void {
    const message = this.#message;
    this.#message = undefined;
    this.#state = 'head';
    if (!message) return;
    message.complete = true;
    message.end = now;
    this.#ended(message);
  }
}
