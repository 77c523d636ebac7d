const HANDSHAKE = 22;
const CLIENT_HELLO = 1;
const SERVER_NAME = 0;
const RECORD_HEAD = 5;
/** A hello with keys for post-quantum groups and tickets is far shorter. */
const MAX_HELLO = 16 * 1024;
const NAME = /^[a-z0-9_](?:[a-z0-9._-]{0,251}[a-z0-9_])?$/i;

/** The first bytes that a side of a TLS connection sends, until it is known whom it asks for. RFC 8446, 4.1.2; RFC 6066, 3. */
export class TlsHello {
  #bytes = Buffer.alloc(0);
  #isOver = false;
  /** Whether this side greeted as a client does. */
  isClient = false;
  /** The server's name, where it is asked for by name. */
  name: string | undefined;

  push(chunk: Buffer): void {
    if (this.#isOver) return;
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    const [type, , , high = 0, low = 0, message] = this.#bytes;
    if (this.#bytes.length <= RECORD_HEAD) return;
    this.isClient = type === HANDSHAKE && message === CLIENT_HELLO;
    const end = RECORD_HEAD + high * 256 + low;
    if (this.isClient && this.#bytes.length < end && end <= MAX_HELLO) return;
    this.#isOver = true;
    if (this.isClient) this.name = nameIn(this.#bytes.subarray(RECORD_HEAD, end));
    this.#bytes = Buffer.alloc(0);
  }
}

function nameIn(hello: Buffer): string | undefined {
  try {
    // Type and length, version, random.
    let at = 4 + 2 + 32;
    at += 1 + hello.readUInt8(at);
    at += 2 + hello.readUInt16BE(at);
    at += 1 + hello.readUInt8(at);
    const end = Math.min(hello.length, at + 2 + hello.readUInt16BE(at));
    for (at += 2; at + 4 <= end; ) {
      const size = hello.readUInt16BE(at + 2);
      if (hello.readUInt16BE(at) === SERVER_NAME) {
        // Length of the list, type of the name, its length.
        const length = hello.readUInt16BE(at + 7);
        const name = hello.toString('latin1', at + 9, at + 9 + length);
        return NAME.test(name) ? name.toLowerCase() : undefined;
      }
      at += 4 + size;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return undefined;
}
