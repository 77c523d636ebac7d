import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { packed } from '../../src/store/compression.ts';
import { openStore } from '../../src/store/open-store.ts';
import { encodeBaseline } from '../../src/store/stored-form.ts';
import { BUCKET, ROOT, s3Server } from '../support/s3-server.ts';
import { profileAt, storeContext } from '../support/stored.ts';
import { withFolder } from '../support/with-file.ts';

afterEach(() => vi.unstubAllEnvs());

it('the bundle reads a baseline from a bucket, and tells what is wrong there', () =>
  withFolder(async (folder) => {
    await using server = await s3Server();
    const endpoint = `http://${server.host}:${server.port}`;
    const place = `s3://${BUCKET}/shop.zst?endpoint=${encodeURIComponent(endpoint)}&region=us-east-1`;
    const keys = { AWS_ACCESS_KEY_ID: ROOT.access, AWS_SECRET_ACCESS_KEY: ROOT.secret };
    const show = async (env: Record<string, string>) => {
      const child = spawn(process.execPath, [resolve('dist/cli.js'), 'show', place, '--json'], {
        cwd: folder,
        env: { HOME: folder, AWS_EC2_METADATA_DISABLED: 'true', ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const output = { out: '', err: '' };
      child.stdout.on('data', (chunk) => {
        output.out += chunk;
      });
      child.stderr.on('data', (chunk) => {
        output.err += chunk;
      });
      const [code] = await once(child, 'close');
      return { code, ...output };
    };
    const none = await show(keys);
    expect(none).toMatchObject({ code: 3, out: '' });
    expect(none.err).toContain('there is no baseline in s3://');
    expect((await show({})).err).toContain('there are no credentials');
    for (const [name, value] of Object.entries(keys)) vi.stubEnv(name, value);
    const run = { wireproof: '0.1.0', commit: 'c0ffee' };
    const text = encodeBaseline([{ profile: profileAt(1), run }], { namespace: [], workload: [] });
    await (await openStore(place, storeContext())).write(packed(text, 'zstd'));
    const { code, out, err } = await show(keys);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ calls: 1, provenance: { windows: [run] } });
  }));
