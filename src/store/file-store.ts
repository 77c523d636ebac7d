import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { CaptureError } from '../support/errors.ts';
import { writeBytes } from '../support/write-bytes.ts';
import { bounded } from './bounded.ts';
import { MAX_STORED_BYTES, type Store, type Stored } from './store.ts';

/** A file of this machine. */
export class FileStore implements Store {
  readonly name: string;

  constructor(path: string) {
    this.name = path;
  }

  async read(): Promise<Stored | undefined> {
    try {
      const { size } = await stat(this.name);
      if (size > MAX_STORED_BYTES)
        throw new RangeError(`it has more than ${MAX_STORED_BYTES} bytes`);
      return { bytes: await bounded(createReadStream(this.name)) };
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException;
      if (code === 'ENOENT') return undefined;
      throw new CaptureError(`cannot read ${this.name}: ${message}`, { cause });
    }
  }

  async write(bytes: Uint8Array): Promise<void> {
    await writeBytes(this.name, bytes);
  }
}
