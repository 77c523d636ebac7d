import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Json } from '../../support/json.ts';
import { writeBytes } from '../../support/write-bytes.ts';
import { WEEK_MS } from '../slot.ts';
import { Hour } from './hour.ts';

/** Hours that are older teach nothing that newer ones don't. */
export const KEPT_MS = 5 * WEEK_MS;
/** Hours in memory: those that one slot is compared with, and the next one's. */
const MAX_CACHED = 64;
const MAX_BYTES = 64 * 1024 * 1024;
const NAME = /^(\d{4}-\d{2}-\d{2}T\d{2})\.json\.gz$/;

/** Hours that are over, a file each; written once, whole. */
export class HourFiles {
  readonly #dir: string;
  readonly #warn: (line: string) => void;
  readonly #starts: Set<number>;
  readonly #cache = new Map<number, Hour | undefined>();

  private constructor(dir: string, starts: Iterable<number>, warn: (line: string) => void) {
    this.#dir = dir;
    this.#starts = new Set(starts);
    this.#warn = warn;
  }

  static async open(dir: string, warn: (line: string) => void): Promise<HourFiles> {
    await mkdir(dir, { recursive: true });
    const starts = (await readdir(dir)).flatMap((name) => {
      const [, hour] = NAME.exec(name) ?? [];
      return hour === undefined ? [] : [Date.parse(`${hour}:00:00Z`)];
    });
    return new HourFiles(dir, starts, warn);
  }

  /** Starts of the hours there are before `end`, ascending. */
  starts(end: number): readonly number[] {
    return [...this.#starts].filter((start) => start < end).sort((a, b) => a - b);
  }

  has(start: number): boolean {
    return this.#starts.has(start);
  }

  /** Undefined where there is none, or where it can't be read (warned of once). */
  async read(start: number): Promise<Hour | undefined> {
    if (!this.#starts.has(start)) return undefined;
    if (this.#cache.has(start)) {
      const hour = this.#cache.get(start);
      this.#keep(start, hour);
      return hour;
    }
    let hour: Hour | undefined;
    try {
      const bytes = gunzipSync(await readFile(this.#path(start)), { maxOutputLength: MAX_BYTES });
      hour = Hour.fromJSON(JSON.parse(bytes.toString()) as Json);
    } catch (error) {
      this.#starts.delete(start);
      this.#warn(`${this.#path(start)} can't be read and is left out: ${(error as Error).message}`);
    }
    this.#keep(start, hour);
    return hour;
  }

  /** Writes an hour, in place of what there is of it. */
  async write(hour: Hour): Promise<void> {
    await writeBytes(this.#path(hour.start), gzipSync(JSON.stringify(hour.toJSON())));
    this.#starts.add(hour.start);
    this.#keep(hour.start, hour);
  }

  /** Removes what is older than is kept. */
  async forget(now: number): Promise<void> {
    for (const start of this.#starts) {
      if (start >= now - KEPT_MS) continue;
      this.#starts.delete(start);
      this.#cache.delete(start);
      // Where it can't be removed it is found, and removed, by the next process.
      await rm(this.#path(start), { force: true }).catch(() => {});
    }
  }

  #keep(start: number, hour: Hour | undefined): void {
    this.#cache.delete(start);
    this.#cache.set(start, hour);
    const [oldest] = this.#cache.keys();
    if (this.#cache.size > MAX_CACHED && oldest !== undefined) this.#cache.delete(oldest);
  }

  #path(start: number): string {
    return join(this.#dir, `${new Date(start).toISOString().slice(0, 13)}.json.gz`);
  }
}
