import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from './random.ts';

/** The inputs that a folder holds, the short ones first. */
export function inputsIn(folder: string): Uint8Array[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !name.endsWith('.txt'))
    .sort()
    .map((name) => readFileSync(join(folder, name)))
    .sort((a, b) => a.length - b.length);
}

/** A name that stands for the bytes. */
export function nameOf(input: Uint8Array): string {
  return createHash('sha256').update(input).digest('hex').slice(0, 16);
}

/** The inputs that showed something new, kept in a folder from run to run. */
export class Corpus {
  readonly #inputs: Uint8Array[] = [];
  readonly #folder: string | undefined;

  constructor(folder: string | undefined) {
    this.#folder = folder;
    if (folder !== undefined) mkdirSync(folder, { recursive: true });
  }

  get size(): number {
    return this.#inputs.length;
  }

  add(input: Uint8Array): void {
    this.#inputs.push(input);
    if (this.#folder === undefined) return;
    const path = join(this.#folder, nameOf(input));
    if (!existsSync(path)) writeFileSync(path, input);
  }

  /** One of them; every other time of the last ones, which are understood least. */
  pick(random: Random): Uint8Array {
    const { length } = this.#inputs;
    const last = Math.max(1, Math.ceil(length / 8));
    const at = random.below(2) ? random.below(length) : length - 1 - random.below(last);
    return this.#inputs[at] ?? new Uint8Array();
  }
}
