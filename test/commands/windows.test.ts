import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run as baseline } from '../../src/commands/baseline.ts';
import { windowsOf } from '../../src/commands/capture-window.ts';
import { run as compare } from '../../src/commands/compare.ts';
import { run as merge } from '../../src/commands/merge.ts';
import type { OptionName } from '../../src/commands/options.ts';
import { encodeWindows } from '../../src/profile/windows-codec.ts';
import { decodeBaseline } from '../../src/store/stored-form.ts';
import { calls, hubWith, minute } from '../sources/kubeshark/capturing.ts';
import { generateRecords } from '../support/records.ts';
import { commandIO, inputsOf } from '../support/running.ts';
import { withFile, withFolder } from '../support/with-file.ts';

describe('windowsOf', () => {
  test('gives so many windows of the length, the last one ending now', () => {
    expect(windowsOf({ start: undefined, end: undefined, window: 100 }, 3, 1_000)).toEqual([
      { start: 700, end: 799 },
      { start: 800, end: 899 },
      { start: 900, end: 1_000 },
    ]);
  });

  test('cuts a given range, whatever the length', () => {
    expect(windowsOf({ start: 0, end: 90, window: 1_000 }, 2, 1_000)).toEqual([
      { start: 0, end: 44 },
      { start: 45, end: 90 },
    ]);
  });
});

const range = { start: String(minute.start), end: String(minute.end) };

async function stored(url: string, more: Partial<Record<OptionName, string>>) {
  const { io, printed } = commandIO();
  await baseline(inputsOf('baseline', { 'kubeshark-url': url, ...more }), io);
  return printed.join('');
}

describe('baseline --windows', () => {
  test('holds the windows of a range apart, each call in one of them', async () => {
    await using served = await hubWith(calls(900));
    const text = await stored(served.url, { ...range, windows: '3' });
    const { windows } = decodeBaseline(text);
    expect(windows).toHaveLength(3);
    expect(windows.reduce((sum, { capture }) => sum + capture.calls, 0)).toBe(900);
    expect(text).toContain(encodeWindows(windows).trim());
  });

  test('runs the scenario so often, a window each', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'calls.ndjson');
      const [record] = generateRecords({ requests: 1 });
      await writeFile(file, '');
      const scenario = `
        const { appendFileSync } = require('node:fs');
        const record = ${JSON.stringify(record)};
        for (let i = 0; i < 7; i++) {
          const line = { ...record, id: 'n/' + process.pid + '/' + i, ts: Date.now() };
          appendFileSync(${JSON.stringify(file)}, JSON.stringify(line) + String.fromCharCode(10));
        }`;
      await writeFile(join(folder, 'scenario.cjs'), scenario);
      await using served = await hubWith(file);
      const run = `'${process.execPath}' '${join(folder, 'scenario.cjs')}'`;
      const { windows } = decodeBaseline(await stored(served.url, { windows: '2', run }));
      expect(windows.map(({ capture }) => capture.calls)).toEqual([7, 7]);
    }));

  test('a scenario takes the time that it takes', async () => {
    await using served = await hubWith(calls(1));
    const asked = stored(served.url, { run: 'true', end: range.end });
    await expect(asked).rejects.toThrow('--run and --end exclude each other');
  });

  test('names the window that holds no calls', async () => {
    await using served = await hubWith(calls(900));
    const early = { start: String(minute.start - 60_000), end: String(minute.end), windows: '2' };
    await expect(stored(served.url, early)).rejects.toThrow(
      /a baseline needs calls in window 1 of 2/,
    );
  });

  test('merge makes one window of them, and compare takes them as they are', async () => {
    await using served = await hubWith(calls(900));
    const text = await stored(served.url, { ...range, windows: '3' });
    const whole = await stored(served.url, range);
    await withFile('windows.json', text, async (path) => {
      const merged = commandIO();
      await merge(inputsOf('merge', {}, [path]), merged.io);
      expect(decodeBaseline(merged.printed.join('')).windows).toHaveLength(1);
      await withFile('whole.json', whole, async (cand) => {
        const compared = commandIO();
        const { judgement } = await compare(inputsOf('compare', {}, [path, cand]), compared.io);
        expect(judgement).toMatchObject({ capture: { baseline: { calls: 900 } } });
        const several = inputsOf('compare', {}, [cand, path, cand]);
        expect((await compare(several, commandIO().io)).judgement).toMatchObject({
          capture: { baseline: { calls: 1800 }, candidate: { calls: 900 } },
        });
      });
    });
  });
});
