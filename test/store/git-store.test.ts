import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { StoreConflict } from '../../src/store/store.ts';
import { storeContext } from '../support/stored.ts';
import { withFolder } from '../support/with-file.ts';

const REF = 'refs/wireproof/baseline';
const TRACKING = 'refs/wireproof-fetched/wireproof/baseline';
const PLACE = `git:${REF}:shop.json.zst`;
const bytes = (text: string) => Buffer.from(text);

/** The environment of a pipeline: nobody is configured, and nothing of this machine counts. */
const nobody = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  EMAIL: '',
};

function git(folder: string, ...args: string[]): string {
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@localhost'];
  const env = { ...nobody, HOME: folder };
  return execFileSync('git', [...who, ...args], { cwd: folder, env, encoding: 'utf8' }).trim();
}

/** A clone with one commit, of a bare remote, and how a store sees it. */
async function clone(folder: string, name: string) {
  const path = join(folder, name);
  git(folder, 'clone', '--quiet', 'remote.git', name);
  const env = { ...nobody, GIT_DIR: join(path, '.git'), GIT_WORK_TREE: path };
  const context = storeContext(env);
  return { path, context, open: (place = PLACE) => openStore(place, context) };
}

const withRemote = (use: (folder: string, remote: string) => Promise<void>) =>
  withFolder(async (folder) => {
    git(folder, 'init', '--quiet', '--bare', '--initial-branch=main', 'remote.git');
    git(folder, 'init', '--quiet', '--initial-branch=main', 'seed');
    const seed = join(folder, 'seed');
    await writeFile(join(seed, 'code.txt'), 'code');
    git(seed, 'add', '.');
    git(seed, 'commit', '--quiet', '-m', 'Code');
    git(seed, 'push', '--quiet', join(folder, 'remote.git'), 'main');
    await use(folder, join(folder, 'remote.git'));
  });

const textOf = async (open: () => ReturnType<typeof openStore>) => {
  const stored = await (await open()).read();
  return stored && Buffer.from(stored.bytes).toString();
};

describe('a baseline in git', () => {
  test('is written by one clone and read by another, beside the work tree', () =>
    withRemote(async (folder, remote) => {
      const [a, b] = [await clone(folder, 'a'), await clone(folder, 'b')];
      expect(await (await a.open()).read()).toBeUndefined();
      await (await a.open()).write(bytes('one'));
      expect(await textOf(b.open)).toBe('one');
      await (await b.open()).write(bytes('two'));
      expect(await textOf(a.open)).toBe('two');
      expect(git(remote, 'log', '--format=%an %s', REF)).toBe(
        "Wireproof Wireproof's baseline shop.json.zst\n".repeat(2).trim(),
      );
      for (const { path } of [a, b]) expect(git(path, 'status', '--porcelain')).toBe('');
      expect(await readdir(a.path)).toEqual(['.git', 'code.txt']);
    }));

  test('keeps what else is on the branch, and adds no commit for the same bytes', () =>
    withRemote(async (folder, remote) => {
      const { open } = await clone(folder, 'a');
      await (await open('git:base:shop/a.zst')).write(bytes('a'));
      await (await open('git:base:shop/b.zst')).write(bytes('b'));
      await (await open('git:base:shop/b.zst')).write(bytes('b'));
      expect(git(remote, 'ls-tree', '-r', '--name-only', 'base')).toBe('shop/a.zst\nshop/b.zst');
      expect(git(remote, 'rev-list', '--count', 'base')).toBe('2');
      expect(await textOf(() => open('git:base:shop/a.zst'))).toBe('a');
      expect(await (await open('git:base:shop/c.zst')).read()).toBeUndefined();
    }));

  test('survives two writers at once: none is lost', () =>
    withRemote(async (folder, remote) => {
      const clones = await Promise.all(['a', 'b', 'c'].map((name) => clone(folder, name)));
      const place = (i: number) => `git:${REF}:file-${i}.zst`;
      await Promise.all(
        clones.map(async ({ open }, i) => (await open(place(i))).write(bytes(`by ${i}`))),
      );
      expect(git(remote, 'ls-tree', '-r', '--name-only', REF)).toBe(
        'file-0.zst\nfile-1.zst\nfile-2.zst',
      );
      for (const [i, { open }] of clones.entries()) {
        expect(await textOf(() => open(place((i + 1) % 3)))).toBe(`by ${(i + 1) % 3}`);
      }
    }));

  test('is not replaced where it is another one than was read', () =>
    withRemote(async (folder) => {
      const [a, b] = [await clone(folder, 'a'), await clone(folder, 'b')];
      await (await a.open()).write(bytes('one'), null);
      await expect((await b.open()).write(bytes('two'), null)).rejects.toThrow(StoreConflict);
      const read = await (await a.open()).read();
      await (await b.open()).write(bytes('three'), read?.revision);
      await expect((await a.open()).write(bytes('four'), read?.revision)).rejects.toThrow(
        StoreConflict,
      );
      expect(await textOf(a.open)).toBe('three');
    }));

  test('goes by a shallow clone, which stays as shallow, and a whole one stays whole', () =>
    withRemote(async (folder) => {
      const whole = await clone(folder, 'whole');
      for (const text of ['one', 'two', 'three']) await (await whole.open()).write(bytes(text));
      git(folder, 'clone', '--quiet', '--depth=1', `file://${join(folder, 'remote.git')}`, 'flat');
      const env = { ...nobody, GIT_DIR: join(folder, 'flat', '.git') };
      const flat = () => openStore(PLACE, storeContext(env));
      expect(await textOf(flat)).toBe('three');
      await (await flat()).write(bytes('four'));
      expect(await textOf(whole.open)).toBe('four');
      expect(git(whole.path, 'rev-parse', '--is-shallow-repository')).toBe('false');
      expect(git(whole.path, 'rev-list', '--count', TRACKING)).toBe('4');
    }));

  test('works in a repository without a remote', () =>
    withFolder(async (folder) => {
      git(folder, 'init', '--quiet', '--initial-branch=main');
      const open = () => openStore(PLACE, storeContext({ ...nobody, GIT_DIR: `${folder}/.git` }));
      await (await open()).write(bytes('one'));
      await (await open()).write(bytes('two'));
      expect(await textOf(open)).toBe('two');
      await expect((await open()).write(bytes('x'), null)).rejects.toThrow(StoreConflict);
    }));

  test('is read here when the remote can not be reached, which is said', () =>
    withRemote(async (folder, remote) => {
      const { open, context, path } = await clone(folder, 'a');
      await (await open()).write(bytes('one'));
      await rm(remote, { recursive: true });
      expect(await textOf(open)).toBe('one');
      expect(context.noted.join()).toMatch(/cannot reach origin .*what it had before is used/);
      git(path, 'update-ref', '-d', TRACKING);
      await expect((await open()).read()).rejects.toThrow(
        /cannot reach origin for refs\/wireproof/,
      );
    }));

  test('a push that the remote refuses is an error with the remedy, and nothing changes', () =>
    withRemote(async (folder, remote) => {
      const { open, path } = await clone(folder, 'a');
      await (await open()).write(bytes('one'));
      const hook = join(remote, 'hooks', 'pre-receive');
      await mkdir(join(remote, 'hooks'), { recursive: true });
      await writeFile(hook, '#!/bin/sh\necho "no write access" >&2\nexit 1\n');
      await chmod(hook, 0o755);
      await expect((await open()).write(bytes('two'))).rejects.toMatchObject({
        message: expect.stringMatching(/cannot push to origin .*pre-receive hook declined/),
        hint: expect.stringContaining('contents: write'),
      });
      await rm(hook);
      expect(await textOf(open)).toBe('one');
      expect(git(path, 'rev-parse', TRACKING)).toBe(git(remote, 'rev-parse', REF));
    }));

  test('a branch that is checked out is refused; so is a folder without a repository', () =>
    withRemote(async (folder) => {
      const { open } = await clone(folder, 'a');
      await expect((await open('git:main')).write(bytes('x'))).rejects.toThrow(
        /is checked out here/,
      );
      const env = { ...nobody, GIT_DIR: join(folder, 'nowhere') };
      const stray = await openStore(PLACE, storeContext(env));
      await expect(stray.read()).rejects.toThrow(/needs a git repository: .*not a git repository/);
      const none = await openStore(PLACE, storeContext({ ...nobody, PATH: '/nonexistent' }));
      await expect(none.read()).rejects.toThrow(/needs a git repository: .*ENOENT/);
    }));

  test('a password in the URL of the remote is not told', () =>
    withRemote(async (folder) => {
      const { open, path } = await clone(folder, 'a');
      git(path, 'remote', 'set-url', 'origin', 'http://user:hunter2@127.0.0.1:1/x.git');
      const refusal = await (await open()).read().catch((error: Error) => error.message);
      expect(refusal).toMatch(/cannot reach origin/);
      expect(refusal).not.toContain('hunter2');
    }));
});
