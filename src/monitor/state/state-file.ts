import { readFile, rename } from 'node:fs/promises';
import { CaptureError } from '../../support/errors.ts';
import type { Json } from '../../support/json.ts';
import { writeBytes } from '../../support/write-bytes.ts';

const VERSION = 1;

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
    let text: string;
    try {
      text = await readFile(this.path, 'utf8');
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw new CaptureError(`cannot read ${this.path}: ${(cause as Error).message}`, { cause });
    }
    try {
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
    await writeBytes(this.path, Buffer.from(text));
  }

  /** Keeps a state that is of no use for who wants to look at it. */
  async setAside(reason: string, warn: (line: string) => void): Promise<void> {
    const aside = `${this.path}.unreadable`;
    await rename(this.path, aside);
    warn(`${this.path} can't be used (${reason}): it is kept as ${aside}, and begun anew`);
  }
}
