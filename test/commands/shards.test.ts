import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { run as merge } from '../../src/commands/merge.ts';
import type { OptionName } from '../../src/commands/options.ts';
import { run as profile } from '../../src/commands/profile.ts';
import { generateNdjson } from '../support/records.ts';
import { commandIO, inputsOf } from '../support/running.ts';
import { withFolder } from '../support/with-file.ts';

type Given = Partial<Record<OptionName, string>>;

/** Twenty minutes of calls, of which some are seen twice. */
const text = generateNdjson({ requests: 240, every: 5_000, seenTwice: 0.2 });
const lines = text.trimEnd().split('\n');
const later = (line: string, by: number) =>
  line.replace(/"ts":(\d+)/, (_, ts: string) => `"ts":${Number(ts) + by}`);
const at = (share: number) => Math.floor(lines.length * share);
const [first = '', middle = '', last = ''] = [lines[0], lines[at(0.5)], lines.at(-1)];

const captures: readonly (readonly [string, string | Uint8Array])[] = [
  ['in order', text],
  ['compressed', gzipSync(text)],
  ['newest first', lines.toReversed().join('\n')],
  [
    'a JSON array over many lines',
    JSON.stringify(
      lines.map((line) => JSON.parse(line)),
      null,
      1,
    ),
  ],
  ['with one call years before', [later(first, -1e11), ...lines].join('\n')],
  [
    'with records that cannot be read',
    [
      'garbage before all',
      ...lines.slice(0, at(0.3)),
      'garbage',
      `${middle.slice(0, -2)} cut, and of another time`,
      'garbage behind it',
      ...lines.slice(at(0.3)),
      `${first.slice(0, -2)} cut, and of the first time`,
    ].join('\n'),
  ],
  [
    'with times in disguise',
    [
      ...lines,
      last.replace('"ts":', `"ts":${/"ts":(\d+)/.exec(first)?.[1]},"ts":`),
      last.replace('"ts":', `"ts":1${'0'.repeat(12)},"t\\u0073":`),
      last.replace('"ts":', '"a\\"ts":1000000000000,"ts":'),
      last.replace(/"ts":(\d+)/, (_, ts: string) => `"ts":"${new Date(Number(ts)).toISOString()}"`),
      last.replace(/"ts":(\d+)/, (_, ts: string) => `"ts":${Number(ts) / 1000}`),
    ].join('\n'),
  ],
];

/** Runs a verb; gives what it noted. */
async function ran(verb: 'profile' | 'merge', given: Given, paths: readonly string[] = []) {
  const { io, noted } = commandIO();
  const run = verb === 'profile' ? profile : merge;
  await run(inputsOf(verb, given, paths), io);
  return noted.join('\n');
}

const withCapture = (content: string | Uint8Array, use: (at: Places) => Promise<void>) =>
  withFolder(async (folder) => {
    const calls = join(folder, 'calls');
    await writeFile(calls, content);
    await use({ calls, into: join(folder, 'results'), path: (name) => join(folder, name) });
  });

interface Places {
  readonly calls: string;
  readonly into: string;
  readonly path: (name: string) => string;
}

const cases = captures.flatMap(([what, content], i) =>
  (i === 0 ? [1, 2, 7, 16] : [7]).map((count) => ({ what, content, count })),
);

it.each(cases)('$count shards of a file $what give the profile of the whole, to the byte', (one) =>
  withCapture(one.content, async ({ calls, into, path }) => {
    const { what, count } = one;
    await ran('profile', { output: path('whole') }, [calls]);
    for (let i = count; i > 0; i--) await ran('profile', { shard: `${i}/${count}`, into }, [calls]);
    await ran('merge', { from: into, shards: String(count), output: path('merged') });
    const whole = await readFile(path('whole'), 'utf8');
    expect(await readFile(path('merged'), 'utf8')).toBe(whole);
    expect(JSON.parse(whole).capture.badRecords).toBe(what.includes('cannot be read') ? 5 : 0);
  }),
);

const shards = (calls: string, into: string, names: readonly string[]) =>
  Promise.all(names.map((shard) => ran('profile', { shard, into }, [calls])));

describe('results in a place', () => {
  it('are not made again where they are there and whole', () =>
    withCapture(text, async ({ calls, into }) => {
      expect(await ran('profile', { shard: '1/3', into }, [calls])).toContain('written to');
      const [name = ''] = await readdir(into);
      expect(name).toBe('shard-1-of-3.json.zst');
      const before = await readFile(join(into, name));
      expect(await ran('profile', { shard: '1/3', into }, [calls])).toContain('is there');
      await writeFile(join(into, name), before.subarray(0, before.length - 9));
      expect(await ran('profile', { shard: '1/3', into }, [calls])).toContain('made again');
      expect(await readFile(join(into, name))).toEqual(before);
    }));

  it.each([
    ['another input', text.replaceAll('/orders', '/order5'), {}],
    ['another input of the same length and times', text.replace('GET', 'PUT'), {}],
  ])('are refused where they are of %s', (_, other) =>
    withCapture(text, async ({ calls, into, path }) => {
      await shards(calls, into, ['0/2']);
      await writeFile(path('other'), other);
      await expect(shards(path('other'), into, ['0/2'])).rejects.toMatchObject({
        exitCode: 3,
        message: expect.stringContaining('holds a shard of another input'),
      });
      await shards(path('other'), into, ['1/2']);
      await expect(ran('merge', { from: into, shards: '2' })).rejects.toMatchObject({
        exitCode: 3,
        message: expect.stringContaining("these don't belong together"),
      });
    }),
  );

  it('that are missing are named, and waited for if asked', () =>
    withCapture(text, async ({ calls, into, path }) => {
      await shards(calls, into, ['0/4', '2/4']);
      await expect(ran('merge', { from: into, shards: '4' })).rejects.toMatchObject({
        exitCode: 3,
        message: `2 of 4 shards missing in ${into}: 1/4, 3/4`,
      });
      const merging = ran('merge', { from: into, shards: '4', wait: '50s', output: path('m') });
      await shards(calls, into, ['1/4', '3/4']);
      await merging;
      await ran('profile', { output: path('whole') }, [calls]);
      expect(await readFile(path('m'))).toEqual(await readFile(path('whole')));
    }));

  it('that bear the wrong name are refused', () =>
    withCapture(text, async ({ calls, into }) => {
      await shards(calls, into, ['0/2']);
      await writeFile(
        join(into, 'shard-1-of-2.json.zst'),
        await readFile(join(into, 'shard-0-of-2.json.zst')),
      );
      await expect(ran('merge', { from: into, shards: '2' })).rejects.toMatchObject({
        exitCode: 3,
        message: expect.stringContaining('does not hold shard 1/2'),
      });
    }));

  it('may be in a bucket only or in a folder', () =>
    withCapture(text, async ({ calls }) => {
      await expect(shards(calls, 'git:results', ['0/2'])).rejects.toMatchObject({ exitCode: 2 });
    }));
});

describe('shards in files', () => {
  it('merge as a tree of parts', () =>
    withCapture(text, async ({ calls, path }) => {
      await ran('profile', { output: path('whole') }, [calls]);
      const names = [0, 1, 2, 3, 4].map((i) => path(`s${i}`));
      for (const [i, output] of names.entries())
        await ran('profile', { shard: `${i}/5`, output }, [calls]);
      const [a, b, c, d, e] = names as [string, string, string, string, string];
      await ran('merge', { part: 'true', output: path('ab') }, [b, a]);
      await ran('merge', { part: 'true', output: path('cd') }, [c, d]);
      await ran('merge', { part: 'true', output: path('abcd') }, [path('cd'), path('ab')]);
      await ran('merge', { output: path('all') }, [e, path('abcd')]);
      expect(await readFile(path('all'))).toEqual(await readFile(path('whole')));
      await expect(ran('merge', {}, [path('ab'), a, c, d, e])).rejects.toThrow(
        'shard 0/5 is there twice',
      );
      await expect(ran('merge', {}, [path('ab'), e])).rejects.toThrow(
        '2 of 5 shards missing: 2/5, 3/5',
      );
      const [whole, again] = [path('whole'), path('again')];
      await copyFile(whole, again);
      await expect(ran('merge', {}, [whole, whole])).rejects.toThrow(/whole is named twice/);
      await expect(ran('merge', {}, [whole, again])).rejects.toThrow(
        /again is the same as .*whole/,
      );
      await expect(ran('merge', {}, [a, path('whole')])).rejects.toThrow('is no shard');
      await writeFile(path('calls.ndjson'), '{"id":"a","ts":1}\n');
      await expect(ran('merge', {}, [whole, path('calls.ndjson')])).rejects.toMatchObject({
        message: `cannot merge ${path('calls.ndjson')}: it is not a profile`,
        hint: expect.stringContaining('wireproof profile CAPTURE -o PROFILE'),
      });
      await expect(ran('profile', {}, [a])).rejects.toThrow('merge the shards first');
    }));

  it('are cut from files of calls alone', () =>
    withCapture(text, async ({ calls, path }) => {
      await ran('profile', { output: path('whole') }, [calls]);
      for (const one of [path('whole'), '-']) {
        await expect(ran('profile', { shard: '1/2' }, [one])).rejects.toMatchObject({
          exitCode: 2,
        });
      }
      await writeFile(path('bad'), 'nothing\n{}\n');
      await expect(ran('profile', { shard: '1/2' }, [path('bad')])).rejects.toMatchObject({
        exitCode: 3,
      });
      await rm(path('bad'));
      await expect(ran('profile', { shard: '1/2' }, [path('bad')])).rejects.toMatchObject({
        exitCode: 3,
      });
    }));
});
