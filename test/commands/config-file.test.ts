import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/commands/config-file.ts';
import { withFile } from '../support/with-file.ts';

const read = (text: string) => withFile('wireproof.yml', text, readConfig);

describe('readConfig', () => {
  it('reads texts, numbers and lists', async () => {
    expect(
      await read('namespace: [shop, bank]\nmin-samples: 7\nkfl: http # only\nwindow: 5m\n'),
    ).toEqual(
      new Map([
        ['namespace', 'shop,bank'],
        ['min-samples', '7'],
        ['kfl', 'http'],
        ['window', '5m'],
      ]),
    );
  });

  it('takes an empty file, and none by the standard name', async () => {
    expect(await read('# nothing\n')).toEqual(new Map());
    expect(await readConfig(undefined)).toEqual(new Map());
  });

  it.each([
    ['min-sample: 7', /unknown key min-sample/, /mean min-samples/],
    ['run: rm -rf /', /unknown key run/, /may set/],
    ['kubeshark-command: evil', /unknown key kubeshark-command/, /may set/],
    ['kubeshark-url: https://evil.example', /unknown key kubeshark-url/, /may set/],
    ['__proto__: {a: 1}', /unknown key __proto__/, /may set/],
    ['- a\n- b', /must be a mapping/, undefined],
    ['kfl: {a: 1}', /kfl: it must be text/, undefined],
    ['a: [', /wireproof\.yml: /, undefined],
    ['kfl: &a [x]\nnamespace: *a', /wireproof\.yml: /, undefined],
  ])('refuses %j', async (text, message, hint) => {
    const thrown = await read(text).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ name: 'UsageError', message: expect.stringMatching(message) });
    if (hint) expect(thrown).toMatchObject({ hint: expect.stringMatching(hint) });
  });

  it('names a file that is not there', async () => {
    await expect(readConfig('/nowhere/wireproof.yml')).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('/nowhere/wireproof.yml'),
    });
  });
});
