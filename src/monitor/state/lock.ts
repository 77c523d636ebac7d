import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../../support/errors.ts';

/**
 * Keeps a second monitor away from a state directory. A lock whose process is gone, or whose number now
 * belongs to another process (in a container it is always the same), doesn't count. Throws UsageError.
 */
export async function lock(path: string): Promise<() => Promise<void>> {
  const own = await identityOf(process.pid);
  try {
    await mkdir(dirname(path), { recursive: true });
  } catch (cause) {
    throw unusable(path, cause);
  }
  for (let attempt = 0; ; attempt++) {
    try {
      await writeFile(path, own, { flag: 'wx' });
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt === 2) {
        throw unusable(path, error);
      }
    }
    const holder = await readFile(path, 'utf8').catch(() => '');
    const pid = Number(holder.split(' ')[0]);
    if (Number.isInteger(pid) && pid > 0 && holder === (await identityOf(pid))) {
      throw new UsageError(`a monitor (process ${pid}) uses ${dirname(path)} already`, {
        hint: 'one monitor may watch several scopes; a second one needs its own --state',
      });
    }
    await rm(path, { force: true });
  }
}

function unusable(path: string, cause: unknown): UsageError {
  return new UsageError(`--state: cannot use ${dirname(path)}: ${(cause as Error).message}`, {
    hint: 'a monitor keeps what it learned there: it must be a directory that can be written',
    cause,
  });
}

/** A process's number and when it began, which no other process shares; without /proc the number alone. */
async function identityOf(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const began = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${pid} ${began}`;
  } catch {
    return isAlive(pid) ? `${pid} ?` : '';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
