import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { instrument } from './instrument.ts';

/** Targets that were built to be fuzzed. */
export interface Built {
  /** The module of a target, by its name. */
  readonly modules: Readonly<Record<string, string>>;
  /** How many places of the code are counted. */
  readonly counters: number;
  readonly words: readonly string[];
}

/**
 * Bundles modules with the sources that they use, all instrumented, into a folder inside the project,
 * where packages, which are not instrumented, are found as before.
 */
export async function bundleTargets(
  entries: Readonly<Record<string, string>>,
  folder: string,
): Promise<Built> {
  const bundle = await rolldown({ input: { ...entries }, platform: 'node', external: isPackage });
  const { output } = await bundle.generate({ format: 'es', entryFileNames: '[name].js' });
  await bundle.close();
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  let counters = 0;
  const words = new Set<string>();
  const modules: Record<string, string> = {};
  const chunks = output.filter((one) => one.type === 'chunk');
  for (const chunk of chunks.sort((a, b) => (a.fileName < b.fileName ? -1 : 1))) {
    const counted = instrument(chunk.code, counters);
    counters += counted.count;
    for (const word of counted.words) words.add(word);
    await mkdir(join(folder, chunk.fileName, '..'), { recursive: true });
    await writeFile(join(folder, chunk.fileName), counted.code);
    if (chunk.isEntry) modules[chunk.name] = join(folder, chunk.fileName);
  }
  await writeFile(join(folder, 'package.json'), '{"type":"module"}\n');
  return { modules, counters, words: [...words].sort() };
}

/** Whether a module's name is of a package, or of Node itself. */
export function isPackage(id: string): boolean {
  return !id.startsWith('.') && !id.startsWith('/');
}
