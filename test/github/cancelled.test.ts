import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runAction } from '../../src/github/run-action.ts';
import { noFaults } from '../hub/hub-options.ts';
import { calls, hubWith, minute } from '../sources/kubeshark/capturing.ts';
import { withFolder } from '../support/with-file.ts';

it('a workflow that is cancelled ends with 3, tells no verdict and leaves no file', () =>
  withFolder(async (folder) => {
    await using hub = await hubWith(calls(200), {
      faults: { ...noFaults, slow: 1, slowBy: 60_000 },
    });
    const stop = new AbortController();
    let log = '';
    const ended = runAction({
      env: {
        INPUT_MODE: 'baseline',
        INPUT_BASELINE: join(folder, 'b.json'),
        'INPUT_KUBESHARK-URL': hub.url,
        INPUT_START: String(minute.start),
        INPUT_END: String(minute.end),
        GITHUB_OUTPUT: join(folder, 'output'),
        GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
      },
      signal: stop.signal,
      log: {
        write: (text: string) => {
          log += text;
        },
      },
    });
    setTimeout(() => stop.abort(new Error('stopped by SIGINT')), 1_000);
    expect(await ended).toBe(3);
    expect(log).toContain('stopped by SIGINT');
    expect(await readdir(folder)).not.toContain('b.json');
    const output = await readFile(join(folder, 'output'), 'utf8').catch(() => '');
    expect(output).not.toMatch(/PASS|FAIL/);
  }));
