import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { minify } from 'rolldown/utils';
import { licensesOf, packagesOf } from './licenses.ts';
import { writePages } from './pages.ts';
import { sbomOf } from './sbom.ts';

/** GitHub fetches the whole repository for each run of the Action. */
const MAX_BYTES = 4_800_000;

/** Between the two bundlers. */
const SHAKEN = 'build/shaken';

/**
 * Bundles build/ (made by tsc) into a folder: one bundle with parts loaded on demand, and two
 * starters over it; beside them the pages of report.html and of the status. Throws where a module is missing or the bundle is too large.
 */
export async function bundle(out: string): Promise<void> {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const packages = await shake();
  const ncc = fileURLToPath(import.meta.resolve('@vercel/ncc/dist/ncc/cli.js'));
  const options = ['--no-cache', '--quiet', '--out', out];
  execFileSync(process.execPath, [ncc, 'build', join(SHAKEN, 'main.js'), ...options], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await shrink(out);
  const all = new Set([...packages, ...(await writePages(out))]);
  await writeFile(join(out, 'licenses.txt'), await licensesOf(all));
  await writeFile(join(out, 'action.js'), starter('action'));
  await writeFile(join(out, 'cli.js'), `#!/usr/bin/env node\n${starter('cli')}`);
  await chmod(join(out, 'cli.js'), 0o755);
  await check(out);
  await writeFile(join(out, 'sbom.cdx.json'), sbomOf(all));
}

/**
 * Puts what is used into build/shaken, without the rest of the libraries, which ncc would keep.
 * Gives the folders of the packages that are in it.
 */
async function shake(): Promise<Set<string>> {
  await rm(SHAKEN, { recursive: true, force: true });
  const built = await rolldown({
    input: 'build/main.js',
    platform: 'node',
    resolve: {
      alias: {
        'unzip-stream': fileURLToPath(import.meta.resolve('./not-bundled.ts')),
        // A copy of what Node has itself.
        'readable-stream$': 'node:stream',
      },
    },
    onLog: (level, { message }) => {
      if (level === 'warn') throw new Error(message);
    },
  });
  const { output } = await built.write({ dir: SHAKEN, format: 'esm' });
  await built.close();
  await writeFile(join(SHAKEN, 'package.json'), '{ "type": "module" }\n');
  return packagesOf(output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : [])));
}

/** ncc minifies its entry alone. Names of classes stay: errors are told by them. */
async function shrink(out: string): Promise<void> {
  const keepNames = { function: false, class: true };
  for (const name of await readdir(out)) {
    if (!name.endsWith('.js')) continue;
    const path = join(out, name);
    const { code, errors } = await minify(name, await readFile(path, 'utf8'), {
      module: true,
      compress: { target: 'es2024', keepNames },
      mangle: { toplevel: true, keepNames },
    });
    if (errors[0]) throw new Error(errors[0].message);
    await writeFile(path, `${code}\n`);
  }
}

function starter(face: string): string {
  return `import { ${face} } from './index.js';\n\nawait ${face}();\n`;
}

async function check(out: string): Promise<void> {
  let bytes = 0;
  for (const name of await readdir(out)) {
    const path = join(out, name);
    bytes += (await stat(path)).size;
    if (name.endsWith('.js') && (await readFile(path, 'utf8')).includes('webpackMissingModule')) {
      throw new Error(`${name} lacks a module`);
    }
  }
  if (bytes > MAX_BYTES) throw new Error(`the bundle has ${bytes} bytes, more than ${MAX_BYTES}`);
}

if (import.meta.main) await bundle('dist');
