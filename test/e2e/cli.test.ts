import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { generateNdjson } from '../support/records.ts';
import { withFolder } from '../support/with-file.ts';

async function wireproof(cwd: string, command: string) {
  const child = spawn('bash', ['-c', command], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: `${join(cwd, 'bin')}:${process.env.PATH}`,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
    },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

/** The command installed as npm does: a link on PATH to the bundle, away from the repository. */
const installed = (use: (folder: string) => Promise<void>) =>
  withFolder(async (folder) => {
    await cp('dist', join(folder, 'package'), { recursive: true });
    await mkdir(join(folder, 'bin'));
    await symlink(join(folder, 'package', 'cli.js'), join(folder, 'bin', 'wireproof'));
    await writeFile(join(folder, 'a.ndjson'), generateNdjson({ seed: 1, requests: 200 }));
    await writeFile(join(folder, 'b.ndjson'), generateNdjson({ seed: 2, requests: 200 }));
    await use(folder);
  });

it('runs as an installed command', () =>
  installed(async (folder) => {
    expect((await stat('dist/cli.js')).mode & 0o111).toBe(0o111);
    const { version } = JSON.parse(await readFile('package.json', 'utf8'));
    expect(await wireproof(folder, 'wireproof --version')).toEqual({
      code: 0,
      out: `${version}\n`,
      err: '',
    });
    const judged = await wireproof(folder, 'wireproof compare a.ndjson b.ndjson --json');
    expect(judged).toMatchObject({ code: 0 });
    expect(JSON.parse(judged.out).verdict).toBe('PASS');
  }));

it('reads stdin, merges shards to the bytes of the whole, and survives a reader that leaves', () =>
  installed(async (folder) => {
    const command = `
      set -e
      wireproof profile - -o whole.json < a.ndjson
      for i in 1 2 3; do wireproof profile a.ndjson --shard $i/3 -o part-$i.json; done
      wireproof merge part-3.json part-1.json part-2.json -o merged.json
      cmp whole.json merged.json
      wireproof profile a.ndjson | head -c 1 > /dev/null
      wireproof graph a.ndjson --links --json | head -n 1`;
    const { code, out, err } = await wireproof(folder, command);
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(JSON.parse(out)).toHaveProperty('child');
  }));

it('says where the demo is to be had', () =>
  installed(async (folder) => {
    const { code, err } = await wireproof(folder, 'wireproof demo');
    expect(code).toBe(3);
    expect(err).toContain('npm run demo');
  }));
