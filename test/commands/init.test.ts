import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NOTHING } from '../../src/commands/config/config.ts';
import { parseConfig } from '../../src/commands/config/read.ts';
import { run } from '../../src/commands/init.ts';
import type { OptionName } from '../../src/commands/options.ts';
import { HOSTILE } from '../support/judgements.ts';
import { generateNdjson, generateRecords } from '../support/records.ts';
import { commandIO, inputsOf } from '../support/running.ts';
import { withFile, withFolder } from '../support/with-file.ts';

const print = async (captures: readonly string[]) => {
  const { io, printed } = commandIO();
  await run(inputsOf('init', { output: '-' }, captures), io);
  return printed.join('');
};

/** What its suggestions say once they are no comments any more; prose is left out. */
const uncommented = (text: string) =>
  text
    .split('\n')
    .map((line) => (/^# (?:[a-z]+:(?: [^A-Z]*)?$| {2})/.test(line) ? line.slice(2) : line))
    .join('\n');

describe('init', () => {
  it('writes what says nothing without a capture', async () => {
    expect(await parseConfig(await print([]), 'x')).toEqual(NOTHING);
  });

  it('writes the scope of a capture, with budgets and templates as suggestions', () =>
    withFile('calls.ndjson', generateNdjson({ seed: 1, requests: 300 }), async (file) => {
      const text = await print([file]);
      const { options, ...settings } = await parseConfig(text, 'x');
      expect([...options.keys()]).toEqual(['namespace']);
      expect(settings).toEqual({ ...NOTHING, options: undefined, ...settings });
      const suggested = await parseConfig(uncommented(text), 'x');
      expect(suggested.require).toHaveLength(5);
      for (const { maxP95, operation } of suggested.require) {
        expect(maxP95).toBeGreaterThanOrEqual(10);
        expect(text).toContain(operation);
      }
      expect(suggested.paths.length).toBeGreaterThan(0);
      for (const path of suggested.paths) expect(path).toMatch(/^\w+ [A-Z]+ \/.*\{id\}/);
      expect(suggested.redact).toEqual(['tenant_key']);
      expect(suggested.identity).toHaveLength(1);
    }));

  it('is not moved by hostile names', () => {
    const records = generateRecords({ seed: 1, requests: 100 }).flatMap((record, i) => ({
      ...record,
      path: `/${HOSTILE[i % HOSTILE.length]}`,
      dst: { ...(record.dst as object), ns: HOSTILE[i % 7], svc: HOSTILE[i % 5] },
    }));
    const text = records.map((record) => JSON.stringify(record)).join('\n');
    return withFile('calls.ndjson', text, async (file) => {
      const written = await print([file]);
      expect([...(await parseConfig(written, 'x')).options.keys()]).toEqual(['namespace']);
      await parseConfig(uncommented(written), 'x');
      expect(written).toMatch(/^[\x20-\x7e\n]*$/);
    });
  });

  it('writes over a file only when told', () =>
    withFolder(async (folder) => {
      const output = join(folder, 'wireproof.yml');
      await writeFile(output, 'kfl: mine\n');
      const into = (more: Partial<Record<OptionName, string>>) =>
        run(inputsOf('init', { output, ...more }), commandIO().io);
      await expect(into({})).rejects.toMatchObject({
        exitCode: 2,
        message: expect.stringContaining('is there already'),
        hint: expect.stringContaining('--force'),
      });
      expect(await readFile(output, 'utf8')).toBe('kfl: mine\n');
      expect((await into({ force: 'true' })).files).toEqual({ config: output });
      expect(await readFile(output, 'utf8')).toContain('wireproof accept');
    }));
});
