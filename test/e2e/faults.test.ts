import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { readBaselineFile } from '../../src/commands/read-profile.ts';
import { mergeAll } from '../../src/profile/merge-all.ts';
import { noFaults } from '../hub/hub-options.ts';
import { calls, hubWith, minute } from '../sources/kubeshark/capturing.ts';
import { generateNdjson } from '../support/records.ts';
import { withFolder } from '../support/with-file.ts';

const cli = resolve('dist/cli.js');
const window = `--start ${minute.start} --end ${minute.end}`;
const text = calls(200)
  .map((record) => `${JSON.stringify(record)}\n`)
  .join('');

/** A command line in a folder, as a shell starts it; what it said and how it ended. */
function started(folder: string, rest: string) {
  const child = spawn('sh', ['-c', `exec '${process.execPath}' '${cli}' ${rest}`], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.out += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk;
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...said }));
  return { child, ended, said };
}
const ran = (folder: string, rest: string) => started(folder, rest).ended;

/** Processes whose command line holds a word. */
async function pidsOf(word: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return pids.filter((_, i) => lines[i]?.includes(word)).map(Number);
}
const running = async (word: string) => (await pidsOf(word)).length;

/** Waits until something holds, as long as the test may take. */
async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await sleep(50);
}

const unruly = (how: string, tag = 'x') =>
  `--kubeshark-command "'${process.execPath}' '${resolve('test/hub/unruly-stdio.ts')}' ${how} calls.ndjson ${tag}"`;
const withCalls = (use: (folder: string) => Promise<void>) =>
  withFolder(async (folder) => {
    await writeFile(join(folder, 'calls.ndjson'), text);
    await use(folder);
  });

describe('a command that serves MCP', () => {
  it('which crashes at every call ends with 3, and nothing is written', () =>
    withCalls(async (folder) => {
      const { code, err } = await ran(folder, `baseline ${unruly('crash')} ${window} -o b.json`);
      expect(err).toMatch(/^wireproof: .*unruly-stdio/m);
      expect(err).toMatch(/^hint: /m);
      expect(err).not.toMatch(/^\s+at /m);
      expect(code).toBe(3);
      expect(await readdir(folder)).toEqual(['calls.ndjson']);
    }));

  it('which prints its log among its answers is understood', () =>
    withCalls(async (folder) => {
      const { code, err } = await ran(folder, `baseline ${unruly('rubbish')} ${window} -o b.json`);
      expect(err).not.toMatch(/^wireproof: /m);
      expect(code).toBe(0);
      const { capture } = mergeAll((await readBaselineFile(join(folder, 'b.json'))).windows);
      expect(capture.calls).toBe(200);
    }));

  it.each(['SIGINT', 'SIGTERM'] as const)('which hangs is left at %s, and killed', (signal) =>
    withCalls(async (folder) => {
      const tag = `hanging-${signal}-${process.pid}`;
      const { child, ended } = started(
        folder,
        `baseline ${unruly('hang', tag)} ${window} -o b.json`,
      );
      await until(async () => (await running(tag)) > 1);
      await sleep(500);
      child.kill(signal);
      const { code, err } = await ended;
      expect(err).toContain(`wireproof: stopped by ${signal}`);
      expect(code).toBe(3);
      await until(async () => (await running(tag)) === 0);
      expect(await readdir(folder)).toEqual(['calls.ndjson']);
    }),
  );
});

describe('an interruption while a scenario runs', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('%s leaves no half of a file', (signal) =>
    withFolder(async (folder) => {
      await using hub = await hubWith(calls(200));
      const nap = 900_000 + Math.trunc(process.pid % 90_000);
      const line = `baseline --kubeshark-url ${hub.url} --run 'sleep ${nap}' -o b.json --save-calls c.ndjson`;
      const { child, ended } = started(folder, line);
      const sleeping = `sleep\0${nap}`;
      await until(async () => (await running(sleeping)) > 0);
      child.kill(signal);
      if (signal === 'SIGKILL') {
        await once(child, 'exit');
        // Nobody can end them for a process that is killed: the test does.
        for (const pid of await pidsOf(sleeping)) process.kill(pid, 'SIGKILL');
      } else {
        const { code, err } = await ended;
        expect(err).toContain('wireproof: stopped while the scenario ran');
        expect(code).toBe(3);
      }
      await until(async () => (await running(sleeping)) === 0);
      expect(await readdir(folder)).not.toContain('b.json');
    }),
  );
});

describe('a Hub', () => {
  it('that is slow is waited for', () =>
    withFolder(async (folder) => {
      await using hub = await hubWith(calls(200), {
        faults: { ...noFaults, slow: 1, slowBy: 300 },
      });
      const { code } = await ran(folder, `baseline --kubeshark-url ${hub.url} ${window} -o b.json`);
      expect(code).toBe(0);
    }));

  it('that dies half way ends with 3 and names it; nothing is written', () =>
    withFolder(async (folder) => {
      let asked = 0;
      await using hub = await hubWith(calls(200), {
        state: () => (++asked > 4 ? 'dropping' : 'up'),
      });
      const line = `baseline --kubeshark-url ${hub.url} ${window} -o b.json`;
      const { code, err } = await ran(folder, line);
      expect(err).toContain(hub.url);
      expect(err).toMatch(/^hint: /m);
      expect(code).toBe(3);
      expect(await readdir(folder)).toEqual([]);
    }));

  it('whose token expires half way ends with 3, and says so', () =>
    withFolder(async (folder) => {
      let asked = 0;
      await using hub = await hubWith(calls(200), {
        token: 'abcdefghijkl',
        state: () => (++asked > 4 ? 'expired' : 'up'),
      });
      const line = `baseline --kubeshark-url ${hub.url} --kubeshark-token abcdefghijkl ${window} -o b.json`;
      const { code, err } = await ran(folder, line);
      expect(err).toMatch(/credential|token/);
      expect(err).not.toContain('abcdefghijkl');
      expect(code).toBe(3);
      expect(await readdir(folder)).toEqual([]);
    }));

  it('that repeats pages and lies about totals gives each call once', () =>
    withFolder(async (folder) => {
      const faults = { ...noFaults, repeated: 0.3, lying: 0.3 };
      await using hub = await hubWith(calls(2_000), { pageLimit: 300, faults });
      const { code } = await ran(folder, `baseline --kubeshark-url ${hub.url} ${window} -o b.json`);
      expect(code).toBe(0);
      const { capture } = mergeAll((await readBaselineFile(join(folder, 'b.json'))).windows);
      expect(capture.calls).toBeLessThanOrEqual(2_000);
      expect(capture.calls + capture.problems.length * 2_000).toBeGreaterThanOrEqual(2_000);
    }));
});

describe('a disk', () => {
  const withCaptures = (use: (folder: string) => Promise<void>) =>
    withFolder(async (folder) => {
      await writeFile(join(folder, 'a.ndjson'), generateNdjson({ requests: 100 }));
      await use(folder);
    });

  it.each([
    ['full', '-o /dev/full', /cannot write \/dev\/full: .*ENOSPC/],
    ['read-only', '-o /proc/b.json', /cannot write \/proc\/b\.json/],
  ])('that is %s ends with 3', (_, where, says) =>
    withCaptures(async (folder) => {
      const { code, err } = await ran(folder, `profile a.ndjson ${where}`);
      expect(err).toMatch(says);
      expect(err).not.toMatch(/^\s+at /m);
      expect(code).toBe(3);
    }),
  );

  it('that is full under stdout ends with 3, never with the code of a verdict', () =>
    withCaptures(async (folder) => {
      const { code, err } = await ran(folder, 'compare a.ndjson a.ndjson --json > /dev/full');
      expect(err).toMatch(/^wireproof: cannot write stdout: .*ENOSPC/m);
      expect(err).not.toMatch(/^\s+at /m);
      expect(code).toBe(3);
    }));

  it('that is full under stderr changes no verdict', () =>
    withCaptures(async (folder) => {
      const { code, out } = await ran(folder, 'compare a.ndjson a.ndjson 2> /dev/full');
      expect(out).toMatch(/^PASS/);
      expect(code).toBe(0);
    }));

  it('whose folder for reports is a file ends with 3', () =>
    withCaptures(async (folder) => {
      await writeFile(join(folder, 'reports'), 'mine');
      await mkdir(join(folder, 'x'));
      const { code } = await ran(folder, 'compare a.ndjson a.ndjson --report-dir reports');
      expect(code).toBe(3);
      expect(await readFile(join(folder, 'reports'), 'utf8')).toBe('mine');
    }));
});
