import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { StateFile } from '../../../src/monitor/state/state-file.ts';

const warnings: string[] = [];
let dir: string;
let file: StateFile;
beforeEach(async () => {
  warnings.length = 0;
  dir = await mkdtemp(join(tmpdir(), 'state-'));
  file = new StateFile(join(dir, 'state.json.zst'));
});
afterEach(() => rm(dir, { recursive: true }));

const read = () => file.read((line) => warnings.push(line));

it('gives back what was written, and nothing where there is nothing', async () => {
  expect(await read()).toBeUndefined();
  await file.write({ judgedTo: 7, text: 'é\u2028' });
  expect(await read()).toMatchObject({ judgedTo: 7, text: 'é\u2028' });
  expect(await readdir(dir)).toEqual(['state.json.zst']);
  expect(warnings).toEqual([]);
});

it.each(['{"judgedTo":', '[]', '{"monitorVersion":99}'])(
  'sets aside what it can not read: %s',
  async (text) => {
    await writeFile(file.path, zstdCompressSync(text));
    expect(await read()).toBeUndefined();
    expect(warnings).toHaveLength(1);
    const aside = await readFile(`${file.path}.unreadable`);
    expect(zstdDecompressSync(aside).toString()).toBe(text);
    expect(await read()).toBeUndefined();
  },
);

it('sets aside what is not compressed as it compresses', async () => {
  await writeFile(file.path, '{"monitorVersion":1}');
  expect(await read()).toBeUndefined();
  expect(warnings).toHaveLength(1);
});
