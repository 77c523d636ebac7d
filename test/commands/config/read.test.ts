import { describe, expect, it } from 'vitest';
import { NOTHING } from '../../../src/commands/config/config.ts';
import { readConfig } from '../../../src/commands/config/read.ts';
import { withFile } from '../../support/with-file.ts';

const read = (text: string) => withFile('wireproof.yml', text, readConfig);

describe('readConfig', () => {
  it('reads texts, numbers and lists', async () => {
    const text = 'namespace: [shop, bank]\nmin-samples: 7\nkfl: http # only\ndry-run: true\n';
    expect(await read(text)).toEqual({
      ...NOTHING,
      options: new Map([
        ['namespace', 'shop,bank'],
        ['min-samples', '7'],
        ['kfl', 'http'],
        ['dry-run', 'true'],
      ]),
    });
  });

  it('reads what is required, times in ms', async () => {
    const text = `require:
  - operation: orders POST /orders
    min-calls: 50
    max-p95: 300ms
    max-p99: 1s
    max-error-share: 0.01
  - operation: 'payment *'
`;
    expect((await read(text)).require).toEqual([
      {
        operation: 'orders POST /orders',
        minCalls: 50,
        maxP95: 300,
        maxP99: 1000,
        maxErrorShare: 0.01,
      },
      { operation: 'payment *' },
    ]);
  });

  it('takes an empty file, and none by the standard name', async () => {
    expect(await read('# nothing\n')).toEqual(NOTHING);
    expect(await readConfig(undefined)).toEqual(NOTHING);
  });

  it.each([
    ['min-sample: 7', /unknown key min-sample/, /mean min-samples/],
    ['run: rm -rf /', /unknown key run/, /may set/],
    ['kubeshark-command: evil', /unknown key kubeshark-command/, /may set/],
    ['kubeshark-url: https://evil.example', /unknown key kubeshark-url/, /may set/],
    ['__proto__: {a: 1}', /unknown key __proto__/, /may set/],
    ['require: 7', /wireproof\.yml: require: /, undefined],
    ['require: [{min-calls: 7}]', /wireproof\.yml: require\.0\.operation: /, undefined],
    ['require: [{operation: a, max-p96: 7}]', /require\.0: .*max-p96/, undefined],
    [
      'require: [{operation: a, max-p95: soon}]',
      /require\.0\.max-p95: it must be a duration/,
      undefined,
    ],
    ['require: [{operation: a, max-error-share: 5}]', /require\.0\.max-error-share: /, undefined],
    ['require: [{operation: a, __proto__: {b: 1}}]', /require\.0: .*__proto__/, undefined],
    ['requires: []', /unknown key requires/, /mean require\?/],
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
