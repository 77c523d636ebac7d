import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of PostgreSQL's server programs, the newest that is installed; Debian keeps it off the PATH. */
export function postgresBinaries(): string {
  const found = globSync('/usr/lib/postgresql/*/bin/initdb').sort(byVersion).at(-1);
  if (found) return join(found, '..');
  try {
    return execFileSync('pg_config', ['--bindir'], { encoding: 'utf8' }).trim();
  } catch {
    throw new Error('PostgreSQL is not installed: apt-get install postgresql');
  }
}

function byVersion(a: string, b: string): number {
  const version = (path: string) => Number(path.split('/')[4]);
  return version(a) - version(b);
}
