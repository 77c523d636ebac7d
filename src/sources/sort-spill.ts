import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CaptureError } from '../support/errors.ts';
import { linesOf } from './ndjson-lines.ts';

const MAX_LINE = 32 * 1024 * 1024;
const READ_BYTES = 64 * 1024;
/** Of all runs together, while they are merged: at least a page each. */
const READ_AHEAD = 8 * 1024 * 1024;
const PAGE = 4 * 1024;

/**
 * Lines kept on disk in runs, each read back as a stream. The file is readable by its owner only and
 * has no name from the moment it is open (where the system allows that), so nothing outlives
 * the process, however it ends.
 */
export class Spill {
  readonly #handle: FileHandle;
  readonly #remove: () => Promise<void>;
  readonly #runs: { readonly start: number; readonly end: number }[] = [];
  #size = 0;

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

  /** Writes lines (without newlines in them) as one run. */
  async write(lines: Iterable<string>): Promise<void> {
    await onDisk(async () => {
      const start = this.#size;
      let batch: string[] = [];
      let length = 0;
      for (const line of lines) {
        batch.push(line);
        length += line.length;
        if (length < 1024 * 1024) continue;
        await this.#append(batch);
        batch = [];
        length = 0;
      }
      await this.#append(batch);
      this.#runs.push({ start, end: this.#size });
    });
  }

  /** The runs, in the order of writing, each as a stream of lines. */
  runs(): AsyncGenerator<string>[] {
    return this.#runs.map(({ start, end }) => this.#read(start, end));
  }

  async close(): Promise<void> {
    await this.#handle.close();
    await this.#remove();
  }

  async #append(lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return;
    const bytes = Buffer.from(`${lines.join('\n')}\n`);
    let done = 0;
    while (done < bytes.length) {
      const { bytesWritten } = await this.#handle.write(
        bytes,
        done,
        bytes.length - done,
        this.#size + done,
      );
      done += bytesWritten;
    }
    this.#size += bytes.length;
  }

  async *#read(start: number, end: number): AsyncGenerator<string> {
    for await (const lines of linesOf(this.#chunks(start, end), MAX_LINE)) {
      for (const { text } of lines) yield text;
    }
  }

  async *#chunks(start: number, end: number): AsyncGenerator<Uint8Array> {
    const share = Math.max(PAGE, Math.min(READ_BYTES, READ_AHEAD / this.#runs.length));
    for (let at = start; at < end; ) {
      const bytes = Buffer.allocUnsafe(Math.floor(Math.min(share, end - at)));
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
