import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import { type Plugin, rolldown } from 'rolldown';
import { isPackage } from './bundle.ts';

/** A hash for each module that stands for it and all project code that it uses, packages left out. */
export async function sourceHashes(
  entries: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const modules = await modulesOf(Object.values(entries));
  return Object.fromEntries(
    Object.entries(entries).map(([name, entry]) => [name, hashOf(entry, modules)]),
  );
}

interface Module {
  readonly code: string;
  readonly uses: readonly string[];
}

type Modules = ReadonlyMap<string, Module>;

async function modulesOf(input: string[]): Promise<Modules> {
  const modules = new Map<string, Module>();
  const plugin: Plugin = {
    name: 'modules',
    buildEnd() {
      for (const id of this.getModuleIds()) {
        const info = this.getModuleInfo(id);
        if (typeof info?.code !== 'string') continue;
        const uses = [...info.importedIds, ...info.dynamicallyImportedIds];
        modules.set(id, { code: info.code, uses });
      }
    },
  };
  const bundle = await rolldown({
    input,
    platform: 'node',
    external: isPackage,
    plugins: [plugin],
  });
  await bundle.generate({ format: 'es' });
  await bundle.close();
  return modules;
}

function hashOf(entry: string, modules: Modules): string {
  const used = new Set([entry]);
  for (const id of used) for (const other of modules.get(id)?.uses ?? []) used.add(other);
  const hash = createHash('sha256');
  for (const id of [...used].sort()) {
    const code = modules.get(id)?.code;
    if (code !== undefined) hash.update(JSON.stringify([relative(import.meta.dirname, id), code]));
  }
  return hash.digest('hex').slice(0, 12);
}
