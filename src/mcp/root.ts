import type { Stats } from 'node:fs';
import { lstat, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileKind } from '../commands/file-kind.ts';
import { UsageError } from '../support/errors.ts';
import { visible } from '../support/escape.ts';

const MAX_PATH = 1_024;
/** A baseline that a client may write; anything else could be run or read by others. */
const WRITABLE = /\.json(?:\.gz|\.zst)?$/;

/** The one folder whose files clients may name, and nothing outside, by whatever way. */
export class Root {
  /** Without links. */
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async open(dir: string): Promise<Root> {
    const path = await realpath(dir).catch(() => undefined);
    if (path !== undefined && (await stat(path)).isDirectory()) return new Root(path);
    throw new UsageError(`--root ${visible(dir)}: there is no such folder`);
  }

  /** As clients name it. */
  nameOf(path: string): string {
    return relative(this.path, path).split(sep).join('/');
  }

  /** The file that a client may read. Throws UsageError. */
  async toRead(name: string): Promise<string> {
    const path = await realpath(this.#named(name)).catch(() => undefined);
    if (path === undefined) throw refused(name, 'there is no such file under the root');
    this.#inside(path, name);
    if ((await stat(path)).isFile()) return path;
    throw refused(name, 'it is no file');
  }

  /** Where a client may write a baseline: a new file, or one that holds a baseline. Throws UsageError. */
  async toWrite(name: string): Promise<string> {
    const path = this.#named(name);
    if (!WRITABLE.test(path))
      throw refused(name, 'its name must end in .json, .json.gz or .json.zst');
    const target = join(await this.#folder(dirname(path), name), basename(path));
    const found: Stats | undefined = await lstat(target).catch(() => undefined);
    if (!found) return target;
    if (found.isFile() && (await fileKind(target)) === 'profile') return target;
    throw refused(name, 'there is something else already, which is no baseline');
  }

  /** The folder without links; what of it is not there yet will be made. */
  async #folder(path: string, name: string): Promise<string> {
    const real = await realpath(path).catch(() => undefined);
    if (real === undefined) return join(await this.#folder(dirname(path), name), basename(path));
    this.#inside(real, name);
    return real;
  }

  #named(name: string): string {
    if (name === '' || name.length > MAX_PATH || name.includes('\0')) {
      throw refused(name, 'it is no path');
    }
    const path = resolve(this.path, name);
    this.#inside(path, name);
    return path;
  }

  #inside(path: string, name: string): void {
    const parts = relative(this.path, path).split(sep);
    if (parts[0] === '..' || resolve(this.path, ...parts) !== path) {
      throw refused(name, 'it is not under the root');
    }
    if (parts.some((part) => part.startsWith('.') && part !== '.wireproof')) {
      throw refused(name, 'hidden files and folders are not served');
    }
  }
}

function refused(name: string, why: string): UsageError {
  return new UsageError(`${visible(name, 200)}: ${why}`, {
    hint: 'name a file by its path from the folder that the server was started with (--root)',
  });
}
