import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Target } from './target.ts';

const FOLDER = join(import.meta.dirname, 'targets');

/** The names of all targets, which are those of their files. */
export function targetNames(): string[] {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => path.slice(0, -'.ts'.length))
    .sort();
}

function fileOf(name: string): string {
  return join(FOLDER, `${name}.ts`);
}

/** The files of targets by their names. */
export function entriesOf(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, fileOf(name)]));
}

/** A target from its sources, not instrumented. */
export async function loadTarget(name: string): Promise<Target> {
  const { target } = (await import(fileOf(name))) as { target: Target };
  return target;
}
