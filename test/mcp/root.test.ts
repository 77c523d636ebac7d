import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Root } from '../../src/mcp/root.ts';
import { withFolder } from '../support/with-file.ts';

const PROFILE = '{"wireproof":"profile"}';

/** A root with files, beside a secret, and links to it. */
const rooted = (use: (root: Root, folder: string) => Promise<void>) =>
  withFolder(async (folder) => {
    await mkdir(join(folder, 'root', 'sub'), { recursive: true });
    await mkdir(join(folder, 'root', '.git'));
    await writeFile(join(folder, 'secret.json'), PROFILE);
    await writeFile(join(folder, 'root', 'sub', 'calls.ndjson'), '{}');
    await writeFile(join(folder, 'root', '.git', 'config.json'), '{}');
    await writeFile(join(folder, 'root', 'package.json'), '{"name":"x"}');
    await writeFile(join(folder, 'root', 'baseline.json'), PROFILE);
    await symlink(join(folder, 'secret.json'), join(folder, 'root', 'link.json'));
    await symlink(folder, join(folder, 'root', 'out'));
    await symlink(join(folder, 'nowhere.json'), join(folder, 'root', 'dangling.json'));
    await symlink(join(folder, 'root'), join(folder, 'alias'));
    await use(await Root.open(join(folder, 'alias')), folder);
  });

const OUTSIDE = [
  '../secret.json',
  'sub/../../secret.json',
  '/etc/hostname',
  'link.json',
  'out/secret.json',
  '.git/config.json',
  'sub/./../.git/config.json',
  '',
  'a\0b',
  'x'.repeat(2_000),
];

describe('Root', () => {
  it('reads files under it, by whatever name leads there', () =>
    rooted(async (root, folder) => {
      const path = await root.toRead('sub/calls.ndjson');
      expect(root.nameOf(path)).toBe('sub/calls.ndjson');
      expect(await root.toRead('./sub/../sub/calls.ndjson')).toBe(path);
      expect(await root.toRead(join(root.path, 'sub', 'calls.ndjson'))).toBe(path);
      expect(root.path).not.toBe(join(folder, 'alias'));
    }));

  it.each([...OUTSIDE, 'sub', '-', 'dangling.json'])('does not read %j', (name) =>
    rooted(async (root) => {
      await expect(root.toRead(name)).rejects.toMatchObject({ exitCode: 2 });
    }),
  );

  it('writes a new baseline, or over one', () =>
    rooted(async (root) => {
      for (const name of ['baseline.json', 'new.json.zst', 'a/b/new.json.gz']) {
        expect(root.nameOf(await root.toWrite(name))).toBe(name);
      }
    }));

  it.each([
    ...OUTSIDE,
    'package.json',
    'wireproof.yml',
    'run.sh',
    'sub',
    'dangling.json',
    'out/new.json',
  ])('does not write %j', (name) =>
    rooted(async (root) => {
      await expect(root.toWrite(name)).rejects.toMatchObject({ exitCode: 2 });
    }),
  );

  it('must be a folder', () =>
    rooted(async (_root, folder) => {
      await expect(Root.open(join(folder, 'secret.json'))).rejects.toMatchObject({ exitCode: 2 });
      await expect(Root.open(join(folder, 'nowhere'))).rejects.toMatchObject({ exitCode: 2 });
    }));
});
