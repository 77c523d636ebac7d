import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { calls, hubWith, minute } from '../sources/kubeshark/capturing.ts';
import { expectPromised } from '../support/promised.ts';
import { generateNdjson } from '../support/records.ts';
import { withFolder } from '../support/with-file.ts';
import { ran } from './processes.ts';

const withCaptures = (use: (folder: string) => Promise<void>) =>
  withFolder(async (folder) => {
    await writeFile(join(folder, 'a.ndjson'), generateNdjson({ requests: 100 }));
    await use(folder);
  });

it('no room on the device ends with 3', () =>
  withCaptures(async (folder) => {
    expectPromised('the disk is full', await ran(folder, 'profile a.ndjson -o /dev/full'));
  }));

/**
 * A file that can grow no further takes a part of what is written, as a file system that fills up
 * does; it needs no right to mount one. Node ignores the signal, so the write fails.
 */
const onlySoMuch = (kilobytes: number) => `ulimit -f ${kilobytes * 2}; exec`;

it.each([
  ['a profile', 'profile a.ndjson -o p.json', 2],
  ['a report', 'compare a.ndjson a.ndjson --report-dir r', 60],
])('no room half way through %s ends with 3 and leaves no part of that file', (_, line, room) =>
  withCaptures(async (folder) => {
    const ended = await ran(folder, line, { TMPDIR: folder }, onlySoMuch(room));
    expectPromised('the disk is full half way through a file', ended);
    const left = await readdir(folder, { recursive: true });
    expect(left.filter((name) => !/^(a\.ndjson|r|r\/report\.\w+(\.xml)?)$/.test(name))).toEqual([]);
    expect(left).not.toContain('r/report.html');
  }),
);

it('no room half way through the calls that are saved ends with 3 and leaves neither', () =>
  withFolder(async (folder) => {
    await using hub = await hubWith(calls(400));
    const line = `baseline --kubeshark-url ${hub.url} --start ${minute.start} --end ${minute.end} --save-calls c.ndjson -o b.json`;
    const ended = await ran(folder, line, {}, onlySoMuch(8));
    expectPromised('the disk is full while calls are saved', ended);
    expect(await readdir(folder)).toEqual([]);
  }));

it('no room for the calls that are sorted ends with 3 and leaves nothing', () =>
  withFolder(async (folder) => {
    const lines = generateNdjson({ requests: 100 });
    const times = Math.ceil((5 * 1024 * 1024) / lines.length);
    await writeFile(join(folder, 'a.ndjson'), lines.repeat(times));
    const line = 'profile - -o p.json < a.ndjson';
    const ended = await ran(folder, line, { TMPDIR: folder }, onlySoMuch(1_000));
    expectPromised('the disk is full while calls are sorted', ended);
    expect(await readdir(folder)).toEqual(['a.ndjson']);
  }));

/** Root writes anywhere, unless it gives up the right to. */
const unprivileged =
  process.getuid?.() === 0
    ? 'exec setpriv --bounding-set=-dac_override,-dac_read_search --inh-caps=-dac_override,-dac_read_search'
    : 'exec';

it('a folder that is read-only ends with 3', () =>
  withCaptures(async (folder) => {
    await mkdir(join(folder, 'ro'), { mode: 0o555 });
    const ended = await ran(folder, 'profile a.ndjson -o ro/p.json', {}, unprivileged);
    expectPromised('the folder of an output is read-only', ended);
    expect(await readdir(join(folder, 'ro'))).toEqual([]);
    await chmod(join(folder, 'ro'), 0o755);
  }));

it('no room under stdout ends with 3, never with the code of a verdict', () =>
  withCaptures(async (folder) => {
    const ended = await ran(folder, 'compare a.ndjson a.ndjson --json > /dev/full');
    expectPromised('the disk is full under stdout', ended);
    expect((await ran(folder, '--version > /dev/full')).code).toBe(3);
  }));

it('no room under stderr changes no verdict', () =>
  withCaptures(async (folder) => {
    const ended = await ran(folder, 'compare a.ndjson a.ndjson 2> /dev/full');
    expectPromised('stderr cannot be written', ended);
    expect(ended.out).toMatch(/^PASS/);
  }));

it('a folder for reports that is a file ends with 3', () =>
  withCaptures(async (folder) => {
    await writeFile(join(folder, 'reports'), 'mine');
    const ended = await ran(folder, 'compare a.ndjson a.ndjson --report-dir reports');
    expectPromised('the folder for reports is a file', ended);
    expect(await readFile(join(folder, 'reports'), 'utf8')).toBe('mine');
  }));
