const startupCodes = { protocol3: 196608, ssl: 80877103, gss: 80877104, cancel: 80877102 };

/** One message of the PostgreSQL wire protocol: its type byte ('' before the session begins) and content. */
export interface PostgresMessage {
  readonly type: string;
  readonly content: Buffer;
  /** Bytes on the wire. */
  readonly size: number;
}

/** Cuts one direction of a PostgreSQL connection into messages; any cut of the bytes gives the same. */
export class PostgresMessages {
  #buffer: Buffer = Buffer.alloc(0);
  #session: boolean;

  /** `session`: whether typed messages come from the start, as from the server. */
  constructor(session: boolean) {
    this.#session = session;
  }

  push(chunk: Buffer): void {
    this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
  }

  /** The next whole message, if there is one. */
  next(): PostgresMessage | undefined {
    const header = this.#session ? 1 : 0;
    if (this.#buffer.length < header + 4) return undefined;
    const size = header + this.#buffer.readInt32BE(header);
    if (this.#buffer.length < size) return undefined;
    const type = this.#session ? String.fromCharCode(this.#buffer[0] ?? 0) : '';
    const content = this.#buffer.subarray(header + 4, size);
    this.#buffer = this.#buffer.subarray(size);
    if (!this.#session) this.#session = content.readInt32BE(0) === startupCodes.protocol3;
    return { type, content, size };
  }

  /** One raw byte: the server's answer to a request for encryption. */
  takeByte(): string | undefined {
    if (this.#buffer.length === 0) return undefined;
    const byte = String.fromCharCode(this.#buffer[0] ?? 0);
    this.#buffer = this.#buffer.subarray(1);
    return byte;
  }
}

/** Whether a message before the session asks for encryption, which the server answers with one byte. */
export function asksEncryption(message: PostgresMessage): boolean {
  const code = message.type === '' && message.content.readInt32BE(0);
  return code === startupCodes.ssl || code === startupCodes.gss;
}

/** Reads the fields of one message's content in turn. */
export class Fields {
  readonly #content: Buffer;
  #at = 0;

  constructor(content: Buffer) {
    this.#content = content;
  }

  get done(): boolean {
    return this.#at >= this.#content.length;
  }

  text(): string {
    const end = this.#content.indexOf(0, this.#at);
    const text = this.#content.toString('utf8', this.#at, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#content.length : end + 1;
    return text;
  }

  int16(): number {
    this.#at += 2;
    return this.#content.readInt16BE(this.#at - 2);
  }

  int32(): number {
    this.#at += 4;
    return this.#content.readInt32BE(this.#at - 4);
  }

  /** One byte as a character. */
  byte(): string {
    return String.fromCharCode(this.#content[this.#at++] ?? 0);
  }

  skip(bytes: number): void {
    this.#at += bytes;
  }

  /** A value with its length before it; null for SQL's null. */
  value(): Buffer | null {
    const length = this.int32();
    if (length < 0) return null;
    this.#at += length;
    return this.#content.subarray(this.#at - length, this.#at);
  }

  /** A counted list. */
  list<T>(item: () => T): T[] {
    return Array.from({ length: this.int16() }, item);
  }
}
