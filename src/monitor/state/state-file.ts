import { readFile, rename } from 'node:fs/promises';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { CaptureError } from '../../support/errors.ts';
import type { Json } from '../../support/json.ts';
import { writeBytes } from '../../support/write-bytes.ts';

const VERSION = 1;
/** A state file that is larger is none of ours. */
const MAX_BYTES = 512 * 1024 * 1024;
/** It is written after every slot: a tenth of the bytes is worth ten milliseconds. */
const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/**
 * Everything a scope must not lose, in one file that is replaced whole: whenever the process is killed,
 * it is the one before or the one after.
 */
export class StateFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Undefined where there is none, or none that can be read: that one is set aside, and told. */
  async read(warn: (line: string) => void): Promise<{ readonly [key: string]: Json } | undefined> {
    let bytes: Buffer;
    try {
      bytes = await readFile(this.path);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw new CaptureError(`cannot read ${this.path}: ${(cause as Error).message}`, { cause });
    }
    try {
      const text = zstdDecompressSync(bytes, { maxOutputLength: MAX_BYTES }).toString();
      const json = JSON.parse(text) as { readonly [key: string]: Json };
      if (json.monitorVersion !== VERSION) throw new RangeError('it is of another version');
      return json;
    } catch (error) {
      await this.setAside((error as Error).message, warn);
      return undefined;
    }
  }

  async write(state: { readonly [key: string]: Json }): Promise<void> {
    const text = JSON.stringify({ monitorVersion: VERSION, ...state });
    await writeBytes(this.path, zstdCompressSync(text, FAST));
  }

  /** Keeps a state that is of no use for who wants to look at it. */
  async setAside(reason: string, warn: (line: string) => void): Promise<void> {
    const aside = `${this.path}.unreadable`;
    await rename(this.path, aside);
    warn(`${this.path} can't be used (${reason}): it is kept as ${aside}, and begun anew`);
  }
}
