const NOTHING = Buffer.alloc(0);

/** Bytes that came and were not read yet. They are joined only when what is asked for spans chunks. */
export class ByteQueue {
  #chunks: Buffer[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  /** The next `count` bytes, left where they are; undefined while fewer are there. */
  peek(count: number): Buffer | undefined {
    if (this.#length < count) return undefined;
    const [first = NOTHING] = this.#chunks;
    if (first.length >= count) return first.subarray(0, count);
    const joined = Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined.subarray(0, count);
  }

  /** At most `count` of the next bytes, as many as lie together. */
  some(count: number): Buffer {
    const [first = NOTHING] = this.#chunks;
    const taken = first.subarray(0, count);
    this.drop(taken.length);
    return taken;
  }

  drop(count: number): void {
    this.#length = Math.max(0, this.#length - count);
    let left = count;
    while (left > 0) {
      const [first] = this.#chunks;
      if (!first) return;
      if (first.length > left) {
        this.#chunks[0] = first.subarray(left);
        return;
      }
      left -= first.length;
      this.#chunks.shift();
    }
  }

  /** Takes what stands before `mark`, and the mark; undefined while it has not come. Throws RangeError past `limit` bytes. */
  until(mark: string, limit: number): Buffer | undefined {
    return this.through([mark], limit)?.subarray(0, -mark.length);
  }

  /** Takes what comes up to the first of these marks, with it; otherwise like `until`. */
  through(marks: readonly string[], limit: number): Buffer | undefined {
    const longest = Math.max(...marks.map(({ length }) => length));
    const seen = this.peek(Math.min(this.#length, limit + longest)) ?? NOTHING;
    let taken: Buffer | undefined;
    for (const mark of marks) {
      const at = (taken ?? seen).indexOf(mark, 0, 'latin1');
      if (at >= 0) taken = seen.subarray(0, at + mark.length);
    }
    if (taken) this.drop(taken.length);
    else if (seen.length >= limit + longest) {
      throw new RangeError(`more than ${limit} bytes without an end`);
    }
    return taken;
  }
}
