import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Child } from '../../demo/cluster/child.ts';
import { runShop } from '../../demo/shop.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shop-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the shop, interrupted', () => {
  it('ends with the reason, and leaves no capture', async () => {
    const stop = new AbortController();
    const run = runShop({ requests: 5000, out: folder, signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 800);
    await expect(run).rejects.toThrow('enough');
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('a process of the shop', () => {
  it('tells why it failed', async () => {
    const child = new Child('tap', 'tap/main.ts');
    const config = { edges: [], seed: '', calls: folder, truth: join(folder, 'no', 'where') };
    await child.start(config);
    await expect(child.stop()).rejects.toThrow(/tap failed: .*E(ISDIR|NOENT)/s);
    await child.kill();
    await expect(child.tell({})).rejects.toThrow('tap is gone');
  });
});
