/** Bytes of one body that are kept; of what is longer its beginning. */
export const MAX_BODY = 1024 * 1024;

/** A body as it comes in: kept up to a limit, counted beyond. */
export class KeptBytes {
  readonly #parts: Buffer[] = [];
  #kept = 0;
  /** Bytes that came. */
  length = 0;
  /** Whether more came, or is known to be missing, than is kept. */
  cut = false;

  push(bytes: Buffer): void {
    this.length += bytes.length;
    const room = MAX_BODY - this.#kept;
    if (bytes.length > room) this.cut = true;
    const kept = bytes.subarray(0, room);
    if (kept.length === 0) return;
    this.#parts.push(kept);
    this.#kept += kept.length;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }
}
