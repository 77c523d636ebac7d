import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compressionFor, packed, unpacked } from '../../src/store/compression.ts';
import { openStore } from '../../src/store/open-store.ts';
import { parsePlace } from '../../src/store/place.ts';
import { MAX_STORED_BYTES } from '../../src/store/store.ts';
import { storeContext } from '../support/stored.ts';
import { withFolder } from '../support/with-file.ts';

test.each([
  ['base.json', '{"x":'],
  ['base.json.gz', '\x1f\x8b'],
  ['base.json.zst', '\x28\xb5\x2f\xfd'],
])('%s is written as its name says, and read by what it holds', (name, magic) =>
  withFolder(async (folder) => {
    const path = join(folder, 'new', name);
    const store = await openStore(path, storeContext());
    expect(await store.read()).toBeUndefined();
    const text = '{"x":1}\n';
    await store.write(packed(text, compressionFor(parsePlace(path))));
    expect((await readFile(path, 'latin1')).startsWith(magic)).toBe(true);
    const other = join(folder, 'other');
    await writeFile(other, await readFile(path));
    const { bytes } = (await (await openStore(other, storeContext())).read()) ?? {};
    expect(await unpacked(bytes as Uint8Array)).toBe(text);
  }),
);

test('a write that fails leaves what was there, and nothing besides', () =>
  withFolder(async (folder) => {
    await mkdir(join(folder, 'base.json', 'kept'), { recursive: true });
    const store = await openStore(join(folder, 'base.json'), storeContext());
    await expect(store.write(Buffer.from('x'))).rejects.toThrow(/cannot write .*base\.json/);
    expect(await readdir(folder)).toEqual(['base.json']);
    await expect(store.read()).rejects.toThrow(/cannot read .*base\.json: EISDIR/);
  }));

test('more than can be held is not read', () =>
  withFolder(async (folder) => {
    const path = join(folder, 'base.json');
    await writeFile(path, '');
    await truncate(path, MAX_STORED_BYTES + 1);
    const store = await openStore(path, storeContext());
    await expect(store.read()).rejects.toThrow(/has more than \d+ bytes/);
  }));
