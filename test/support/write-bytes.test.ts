import { execFileSync } from 'node:child_process';
import { lstat, mkdir, open, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeBytes } from '../../src/support/write-bytes.ts';
import { withFolder } from './with-file.ts';

it('leaves what was there whole while another writes, and nothing besides', () =>
  withFolder(async (folder) => {
    const path = join(folder, 'a');
    const texts = Array.from({ length: 20 }, (_, i) => `${i}`.repeat(50_000 + i));
    await Promise.all(texts.map((text) => writeBytes(path, Buffer.from(text))));
    expect(texts).toContain(await readFile(path, 'utf8'));
    expect(await readdir(folder)).toEqual(['a']);
  }));

it('follows no link: what it points to stays, and the link becomes the file', () =>
  withFolder(async (folder) => {
    const [target, path] = [join(folder, 'target'), join(folder, 'report.md')];
    await writeFile(target, 'mine');
    await symlink(target, path);
    await writeBytes(path, Buffer.from('report'));
    expect(await readFile(target, 'utf8')).toBe('mine');
    expect((await lstat(path)).isFile()).toBe(true);
  }));

it('takes no name that another process of the same number may have left', () =>
  withFolder(async (folder) => {
    const path = join(folder, 'a');
    await mkdir(`${path}.${process.pid}.tmp`);
    await writeBytes(path, Buffer.from('x'));
    expect(await readFile(path, 'utf8')).toBe('x');
  }));

it('writes into a pipe, whose place no file takes', () =>
  withFolder(async (folder) => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    const reader = await open(path, 'r+');
    await writeBytes(path, Buffer.from('report'));
    expect((await lstat(path)).isFIFO()).toBe(true);
    expect((await reader.read()).buffer.toString('utf8', 0, 6)).toBe('report');
    await reader.close();
  }));

it('says in words why it can not, and leaves nothing', () =>
  withFolder(async (folder) => {
    const file = join(folder, 'report');
    await writeFile(file, 'mine');
    const write = (path: string) => writeBytes(path, Buffer.from('x'));
    await expect(write(folder)).rejects.toThrow(`cannot write ${folder}: it is a directory: name`);
    const inside = join(file, 'report.md');
    await expect(write(inside)).rejects.toThrow(`${inside}: a file is where its folder would be`);
    expect(await readdir(folder)).toEqual(['report']);
  }));
