import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { readBaselineFile } from '../../src/commands/read-profile.ts';
import { mergeAll } from '../../src/profile/merge-all.ts';
import { noFaults } from '../hub/hub-options.ts';
import { calls, hubWith, minute } from '../sources/kubeshark/capturing.ts';
import { expectPromised } from '../support/promised.ts';
import { withFolder } from '../support/with-file.ts';
import { pidsOf, ran, running, started, until } from './processes.ts';

const window = `--start ${minute.start} --end ${minute.end}`;
const text = calls(200)
  .map((record) => `${JSON.stringify(record)}\n`)
  .join('');

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
      const ended = await ran(folder, `baseline ${unruly('crash')} ${window} -o b.json`);
      expectPromised('a command that serves MCP crashes at every call', ended);
      expect(ended.err).toMatch(/^wireproof: .*unruly-stdio/m);
      expect(await readdir(folder)).toEqual(['calls.ndjson']);
    }));

  it('which prints its log among its answers is understood', () =>
    withCalls(async (folder) => {
      const ended = await ran(folder, `baseline ${unruly('rubbish')} ${window} -o b.json`);
      expectPromised('it prints its log among its answers', ended);
      expect(ended.err).not.toMatch(/^wireproof: /m);
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
      expectPromised('it hangs, and the run is interrupted', await ended);
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
        expectPromised('SIGINT or SIGTERM while a scenario runs', await ended);
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
      const ended = await ran(folder, `baseline --kubeshark-url ${hub.url} ${window} -o b.json`);
      expectPromised('the Hub is slow', ended);
    }));

  it('that dies half way ends with 3 and names it; nothing is written', () =>
    withFolder(async (folder) => {
      let asked = 0;
      await using hub = await hubWith(calls(200), {
        state: () => (++asked > 4 ? 'dropping' : 'up'),
      });
      const line = `baseline --kubeshark-url ${hub.url} ${window} -o b.json`;
      const ended = await ran(folder, line);
      expectPromised('it dies half way', ended);
      expect(ended.err).toContain(hub.url);
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
      const ended = await ran(folder, line);
      expectPromised('its token expires half way', ended);
      expect(ended.err).not.toContain('abcdefghijkl');
      expect(await readdir(folder)).toEqual([]);
    }));

  it('that repeats pages and lies about totals gives each call once', () =>
    withFolder(async (folder) => {
      const faults = { ...noFaults, repeated: 0.3, lying: 0.3 };
      await using hub = await hubWith(calls(2_000), { pageLimit: 300, faults });
      const ended = await ran(folder, `baseline --kubeshark-url ${hub.url} ${window} -o b.json`);
      expectPromised('it repeats pages and lies about totals', ended);
      const { capture } = mergeAll((await readBaselineFile(join(folder, 'b.json'))).windows);
      expect(capture.calls).toBeLessThanOrEqual(2_000);
      expect(capture.calls + capture.problems.length * 2_000).toBeGreaterThanOrEqual(2_000);
    }));
});
