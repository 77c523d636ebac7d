import { execFileSync } from 'node:child_process';
import { appendFile, chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { minify } from 'terser';
import { writePages } from './pages.ts';

/** GitHub fetches the whole repository for each run of the Action. */
const MAX_BYTES = 6 * 1024 * 1024;

/**
 * Bundles build/ (made by tsc) into a folder: one bundle with parts loaded on demand, and two
 * starters over it; beside them the pages of report.html and of the status. Throws where a module is missing or the bundle is too large.
 */
export async function bundle(out: string): Promise<void> {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const ncc = fileURLToPath(import.meta.resolve('@vercel/ncc/dist/ncc/cli.js'));
  const options = ['--no-cache', '--quiet', '--license', 'licenses.txt'];
  execFileSync(process.execPath, [ncc, 'build', 'build/main.js', '--out', out, ...options], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await shrink(out);
  await appendFile(join(out, 'licenses.txt'), `\n${await writePages(out)}`);
  await writeFile(join(out, 'action.js'), starter('action'));
  await writeFile(join(out, 'cli.js'), `#!/usr/bin/env node\n${starter('cli')}`);
  await chmod(join(out, 'cli.js'), 0o755);
  await check(out);
}

/** ncc minifies its entry alone. Names of classes stay: errors are told by them. */
async function shrink(out: string): Promise<void> {
  for (const name of await readdir(out)) {
    if (!name.endsWith('.js')) continue;
    const path = join(out, name);
    const { code } = await minify(await readFile(path, 'utf8'), {
      module: true,
      ecma: 2020,
      keep_classnames: true,
      keep_fnames: true,
      format: { comments: false, max_line_len: 500 },
    });
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
