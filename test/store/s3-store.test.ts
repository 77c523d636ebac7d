import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { StoreConflict } from '../../src/store/store.ts';
import { cuttingProxy } from '../support/cutting-proxy.ts';
import { BUCKET, ROOT, type S3Server, STRANGER, s3Server } from '../support/s3-server.ts';
import { storeContext } from '../support/stored.ts';

let server: S3Server;

beforeAll(async () => {
  server = await s3Server();
});
afterAll(() => server[Symbol.asyncDispose]());

const be = ({ access, secret }: typeof ROOT) => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', access);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secret);
};

beforeEach(() => {
  // Nothing that this machine is configured with counts.
  vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent');
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_ENDPOINT_URL_S3', `http://${server.host}:${server.port}`);
  be(ROOT);
});
afterEach(() => vi.unstubAllEnvs());

const open = (key: string, endpoint?: string, bucket = BUCKET) => {
  const query = endpoint === undefined ? '' : `?endpoint=${encodeURIComponent(endpoint)}`;
  return openStore(`s3://${bucket}/${key}${query}`, storeContext());
};

const textOf = async (key: string) => {
  const stored = await (await open(key)).read();
  return stored && Buffer.from(stored.bytes).toString();
};

describe('a baseline in a bucket', () => {
  test('is written, read and replaced', async () => {
    const store = await open('shop/main.json.zst');
    expect(await store.read()).toBeUndefined();
    await store.write(Buffer.from('one'));
    expect(await textOf('shop/main.json.zst')).toBe('one');
    await store.write(Buffer.from('two'));
    expect(await textOf('shop/main.json.zst')).toBe('two');
  });

  test('is not replaced where it is another one than was read', async () => {
    const store = await open('rolling.zst');
    await store.write(Buffer.from('one'), null);
    await expect(store.write(Buffer.from('two'), null)).rejects.toThrow(StoreConflict);
    const { revision } = (await store.read()) ?? {};
    await store.write(Buffer.from('three'), revision);
    await expect(store.write(Buffer.from('four'), revision)).rejects.toThrow(StoreConflict);
    expect(await textOf('rolling.zst')).toBe('three');
  });

  const megabytes = randomBytes(4 * 1024 * 1024);

  test('stays whole when the connection is cut in the middle of an upload', async () => {
    await (await open('cut.zst')).write(Buffer.from('old'));
    await using proxy = await cuttingProxy(server, 1024 * 1024);
    const cut = await open('cut.zst', proxy.url);
    await expect(cut.write(megabytes)).rejects.toMatchObject({
      message: expect.stringContaining(`cannot write s3://${BUCKET}/cut.zst: `),
      hint: expect.stringContaining('what was stored before is still there'),
    });
    expect(proxy.cuts()).toBeGreaterThan(0);
    expect(await textOf('cut.zst')).toBe('old');
    await (await open('cut.zst')).write(megabytes);
    expect(Buffer.from((await (await open('cut.zst')).read())?.bytes ?? []).equals(megabytes)).toBe(
      true,
    );
  });

  test('stays whole when the process dies in the middle of an upload', async () => {
    await (await open('killed.zst')).write(Buffer.from('old'));
    await using proxy = await cuttingProxy(server, 1024 * 1024, true);
    const place = `s3://${BUCKET}/killed.zst?endpoint=${encodeURIComponent(proxy.url)}`;
    const script = `
      const { openStore } = await import(${JSON.stringify(pathToFileURL(resolve('src/store/open-store.ts')))});
      const context = { env: process.env, signal: new AbortController().signal, note() {} };
      const store = await openStore(${JSON.stringify(place)}, context);
      await store.write(Buffer.alloc(4 * 1024 * 1024, 'x'));`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: 'ignore',
    });
    await proxy.reached;
    child.kill('SIGKILL');
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    expect(await textOf('killed.zst')).toBe('old');
  });

  test.each([
    ['a bucket that is not there', () => undefined, 'nowhere', /no such bucket/, /create it/],
    [
      'a key that nobody knows',
      () => be({ access: 'who', secret: 'who' }),
      BUCKET,
      /access key is not known/,
      /AWS_ACCESS_KEY_ID/,
    ],
    [
      'a wrong secret',
      () => be({ ...ROOT, secret: 'wrong' }),
      BUCKET,
      /secret access key is wrong/,
      /AWS_SECRET_ACCESS_KEY/,
    ],
    [
      'somebody who may not',
      () => be(STRANGER),
      BUCKET,
      /access denied/,
      /s3:(?:Get|Put)Object on arn:aws:s3:::baselines\/error\.zst/,
    ],
    [
      'nobody',
      () => {
        vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
        vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
      },
      BUCKET,
      /there are no credentials/,
      /AWS_ACCESS_KEY_ID/,
    ],
  ])('tells of %s, with the remedy', async (_, prepare, bucket, reason, hint) => {
    await (await open('error.zst')).write(Buffer.from('old'));
    prepare();
    const store = await open('error.zst', undefined, bucket);
    for (const attempt of [() => store.read(), () => store.write(Buffer.from('new'))]) {
      await expect(attempt()).rejects.toMatchObject({
        message: expect.stringMatching(reason),
        hint: expect.stringMatching(hint),
        exitCode: 3,
      });
      await expect(attempt()).rejects.toThrow(`s3://${bucket}/error.zst`);
    }
    be(ROOT);
    expect(await textOf('error.zst')).toBe('old');
  });

  test('tells of a server that is not there', async () => {
    const store = await open('x', 'http://127.0.0.1:1');
    await expect(store.read()).rejects.toMatchObject({
      message: expect.stringMatching(/cannot read s3:\/\/baselines\/x: .*ECONNREFUSED/),
      hint: expect.stringContaining('check the endpoint'),
    });
  });
});
