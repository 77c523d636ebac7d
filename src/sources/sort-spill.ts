import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CaptureError } from '../support/errors.ts';
import { linesOf } from './ndjson-lines.ts';

const MAX_LINE = 32 * 1024 * 1024;
/** Of each run, while it is merged with others. */
const READ_BYTES = 32 * 1024;
const WRITE_LENGTH = 1024 * 1024;

/**
 * Lines kept on disk in runs, each read back as a stream, until all are cleared away. The file is readable by its owner only and
 * has no name from the moment it is open (where the system allows that), so nothing outlives
 * the process, however it ends.
 */
export class Spill {
  readonly #handle: FileHandle;
  readonly #remove: () => Promise<void>;
  #runs: { readonly start: number; readonly end: number }[] = [];
  #end = 0;

  private constructor(handle: FileHandle, remove: () => Promise<void>) {
    this.#handle = handle;
    this.#remove = remove;
  }

  static async create(): Promise<Spill> {
    return onDisk(async () => {
      const folder = await mkdtemp(join(tmpdir(), 'wireproof-'));
      const remove = () => rm(folder, { recursive: true, force: true });
      try {
        const handle = await open(join(folder, 'calls'), 'wx+', 0o600);
        await remove().catch(() => undefined);
        return new Spill(handle, remove);
      } catch (cause) {
        await remove();
        throw cause;
      }
    });
  }

  /** How many runs there are. */
  get size(): number {
    return this.#runs.length;
  }

  /** Writes batches of lines (without newlines in them) as one run. */
  async write(batches: AsyncIterable<readonly string[]>): Promise<void> {
    const start = this.#end;
    let held: string[] = [];
    let length = 0;
    for await (const lines of batches) {
      for (const line of lines) {
        held.push(line);
        length += line.length;
        if (length < WRITE_LENGTH) continue;
        await this.#append(held);
        held = [];
        length = 0;
      }
    }
    await this.#append(held);
    this.#runs.push({ start, end: this.#end });
  }

  /** The runs, in the order of writing, each as a stream of lines in batches. */
  runs(): AsyncGenerator<readonly string[]>[] {
    return this.#runs.map(({ start, end }) => this.#read(start, end));
  }

  /** Gives the runs' room back to the disk. */
  async clear(): Promise<void> {
    this.#runs = [];
    this.#end = 0;
    await onDisk(() => this.#handle.truncate());
  }

  async close(): Promise<void> {
    await this.#handle.close();
    await this.#remove();
  }

  async #append(lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return;
    const bytes = Buffer.from(`${lines.join('\n')}\n`);
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await onDisk(() =>
        this.#handle.write(bytes, done, bytes.length - done, this.#end + done),
      );
      done += bytesWritten;
    }
    this.#end += bytes.length;
  }

  async *#read(start: number, end: number): AsyncGenerator<readonly string[]> {
    for await (const lines of linesOf(this.#chunks(start, end), MAX_LINE)) {
      yield lines.map(({ text }) => text);
    }
  }

  async *#chunks(start: number, end: number): AsyncGenerator<Uint8Array> {
    for (let at = start; at < end; ) {
      const bytes = Buffer.allocUnsafe(Math.min(READ_BYTES, end - at));
      const { bytesRead } = await onDisk(() => this.#handle.read(bytes, 0, bytes.length, at));
      if (bytesRead === 0) return;
      yield bytes.subarray(0, bytesRead);
      at += bytesRead;
    }
  }
}

async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new CaptureError(`cannot sort the calls on disk in ${tmpdir()}: ${reason}`, {
      hint: 'make room there, or name another folder in TMPDIR',
      cause,
    });
  }
}
