import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lock } from '../../../src/monitor/state/lock.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'lock-'));
});
afterEach(() => rm(dir, { recursive: true }));

it('a second monitor is refused while the first runs, not after', async () => {
  const path = join(dir, 'state', 'lock');
  const unlock = await lock(path);
  await expect(lock(path)).rejects.toThrow(`(process ${process.pid}) uses`);
  await unlock();
  await (await lock(path))();
});

it('the lock of a process that was killed, or of another with its number, does not count', async () => {
  const path = join(dir, 'lock');
  const child = spawn(process.execPath, [
    '-e',
    `import('${join(process.cwd(), 'src/monitor/state/lock.ts')}').then(({ lock }) => lock(${JSON.stringify(path)})).then(() => { console.log('locked'); setInterval(() => {}, 1000); })`,
  ]);
  await once(child.stdout, 'data');
  await expect(lock(path)).rejects.toThrow(`(process ${child.pid}) uses`);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await (await lock(path))();
  await writeFile(path, `${process.pid} 1`);
  const unlock = await lock(path);
  expect((await readFile(path, 'utf8')).startsWith(`${process.pid} `)).toBe(true);
  await unlock();
});
