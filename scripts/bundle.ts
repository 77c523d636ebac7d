import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** GitHub fetches the whole repository for each run of the Action. */
const MAX_BYTES = 3 * 1024 * 1024;

/**
 * Bundles build/ (made by tsc) into a folder: one bundle with parts loaded on demand, and two
 * starters over it. Throws where a module is missing or the bundle is too large.
 */
export function bundle(out: string): void {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const ncc = fileURLToPath(import.meta.resolve('@vercel/ncc/dist/ncc/cli.js'));
  const options = ['--minify', '--no-cache', '--quiet', '--license', 'licenses.txt'];
  execFileSync(process.execPath, [ncc, 'build', 'build/main.js', '--out', out, ...options], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  writeFileSync(join(out, 'action.js'), starter('action'));
  writeFileSync(join(out, 'cli.js'), `#!/usr/bin/env node\n${starter('cli')}`);
  chmodSync(join(out, 'cli.js'), 0o755);
  check(out);
}

function starter(face: string): string {
  return `import { ${face} } from './index.js';\n\nawait ${face}();\n`;
}

function check(out: string): void {
  let bytes = 0;
  for (const name of readdirSync(out)) {
    const path = join(out, name);
    bytes += statSync(path).size;
    if (name.endsWith('.js') && readFileSync(path, 'utf8').includes('webpackMissingModule')) {
      throw new Error(`${name} lacks a module`);
    }
  }
  if (bytes > MAX_BYTES) throw new Error(`the bundle has ${bytes} bytes, more than ${MAX_BYTES}`);
}

if (import.meta.main) bundle('dist');
