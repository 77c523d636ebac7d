export type RespValue = string | number | null | RespError | RespValue[];

/** An error reply (`-ERR …`). */
export class RespError {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }

  toJSON(): { error: string } {
    return { error: this.message };
  }
}

/** Cuts one direction of a Redis connection into RESP2 values; any cut of the bytes gives the same. */
export class RespValues {
  #buffer: Buffer = Buffer.alloc(0);
  #at = 0;

  push(chunk: Buffer): void {
    this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
  }

  get waiting(): boolean {
    return this.#buffer.length > 0;
  }

  /** The next whole value with its bytes on the wire, if there is one. */
  next(): { value: RespValue; size: number } | undefined {
    this.#at = 0;
    const value = this.#read();
    if (value === undefined) return undefined;
    const size = this.#at;
    this.#buffer = this.#buffer.subarray(size);
    return { value, size };
  }

  #read(): RespValue | undefined {
    const end = this.#buffer.indexOf('\r\n', this.#at);
    if (end < 0) return undefined;
    const line = this.#buffer.toString('utf8', this.#at, end);
    this.#at = end + 2;
    const rest = line.slice(1);
    switch (line.charAt(0)) {
      case '+':
        return rest;
      case '-':
        return new RespError(rest);
      case ':':
        return Number(rest);
      case '_':
        return null;
      case '$':
        return this.#bulk(Number(rest));
      case '*':
        return this.#array(Number(rest));
      default:
        return line.split(' ');
    }
  }

  #bulk(length: number): string | null | undefined {
    if (length < 0) return null;
    const start = this.#at;
    if (this.#buffer.length < start + length + 2) return undefined;
    this.#at = start + length + 2;
    return this.#buffer.toString('utf8', start, start + length);
  }

  #array(length: number): RespValue[] | null | undefined {
    if (length < 0) return null;
    const items: RespValue[] = [];
    for (let i = 0; i < length; i++) {
      const item = this.#read();
      if (item === undefined) return undefined;
      items.push(item);
    }
    return items;
  }
}

/** A command as clients send it: an array of bulk strings. */
export function encodeCommand(args: readonly string[]): string {
  const parts = args.map((arg) => `$${Buffer.byteLength(arg)}\r\n${arg}\r\n`);
  return `*${args.length}\r\n${parts.join('')}`;
}
