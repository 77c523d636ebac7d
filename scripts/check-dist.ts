import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from './bundle.ts';

/** Fails unless dist/ is what the sources give: it is committed, since the Action runs it. */
const fresh = mkdtempSync(join(tmpdir(), 'wireproof-dist-'));
try {
  await bundle(fresh);
  const names = new Set([...list(fresh), ...list('dist')]);
  const stale = [...names].filter((name) => read(join(fresh, name)) !== read(join('dist', name)));
  if (stale.length > 0) {
    process.stderr.write(`dist/ is stale (${stale.join(', ')}): npm run build, and commit dist/\n`);
    process.exitCode = 1;
  }
} finally {
  rmSync(fresh, { recursive: true, force: true });
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}
