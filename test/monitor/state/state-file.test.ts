import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { StateFile } from '../../../src/monitor/state/state-file.ts';

const warnings: string[] = [];
let dir: string;
let file: StateFile;
beforeEach(async () => {
  warnings.length = 0;
  dir = await mkdtemp(join(tmpdir(), 'state-'));
  file = new StateFile(join(dir, 'state.json'));
});
afterEach(() => rm(dir, { recursive: true }));

const read = () => file.read((line) => warnings.push(line));

it('gives back what was written, and nothing where there is nothing', async () => {
  expect(await read()).toBeUndefined();
  await file.write({ judgedTo: 7, text: 'é\u2028' });
  expect(await read()).toMatchObject({ judgedTo: 7, text: 'é\u2028' });
  expect(await readdir(dir)).toEqual(['state.json']);
  expect(warnings).toEqual([]);
});

it.each(['{"judgedTo":', '[]', '{"monitorVersion":99}'])(
  'sets aside what it can not read: %s',
  async (text) => {
    await writeFile(file.path, text);
    expect(await read()).toBeUndefined();
    expect(warnings).toHaveLength(1);
    expect(await readFile(`${file.path}.unreadable`, 'utf8')).toBe(text);
    expect(await read()).toBeUndefined();
  },
);
