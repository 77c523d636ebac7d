import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { nameOf } from './engine/corpus.ts';
import type { Found } from './engine/slice.ts';
import { targetNames } from './targets.ts';

/** Writes an input that breaks a target into its folder, with a text beside it that says how to repeat it. */
export function writeFinding(folder: string, target: string, finding: Found): string {
  const path = join(folder, target, `${finding.kind}-${nameOf(finding.input)}`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, finding.input);
  writeFileSync(
    `${path}.txt`,
    `${finding.words}\n\nRepeat it with: npm run fuzz -- --target ${target} --repeat ${relative('.', path)}\n`,
  );
  return path;
}

/** Findings that a folder holds, those of one signature once. */
export function openFindings(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.txt'))
    .map((path) => join(folder, path.slice(0, -'.txt'.length)))
    .sort();
}

export function closeFinding(path: string): void {
  rmSync(path);
  rmSync(`${path}.txt`);
}

/** The target that an input belongs to, by the folder that it lies in. */
export function targetOf(path: string): string | undefined {
  return targetNames().find((name) => path.includes(`${name}/`));
}

export function readInput(path: string): Uint8Array {
  return readFileSync(path);
}
