import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openPlace } from '../../src/commands/baseline-store.ts';
import { writeBaseline } from '../../src/commands/write-baseline.ts';
import { readStored } from '../../src/store/read-stored.ts';
import { commandIO, inputsOf } from '../support/running.ts';
import { profileAt } from '../support/stored.ts';
import { withFolder } from '../support/with-file.ts';

test('a rolling baseline loses no window when several jobs append at once', () =>
  withFolder(async (folder) => {
    execFileSync('git', ['init', '--quiet', '--bare', join(folder, 'remote.git')]);
    const output = 'git:refs/wireproof/rolling';
    const ioOf = (name: string) => {
      const clone = join(folder, name);
      execFileSync('git', ['clone', '--quiet', join(folder, 'remote.git'), clone]);
      const env = { PATH: process.env.PATH, HOME: folder, GIT_DIR: join(clone, '.git') };
      return { ...commandIO().io, env };
    };
    const times = [1_000, 2_000, 3_000];
    await Promise.all(
      times.map(async (ts) => {
        const io = ioOf(`clone-${ts}`);
        const inputs = inputsOf('baseline', { output, rolling: '5' });
        await writeBaseline([profileAt(ts)], await openPlace(output, io), inputs, io);
      }),
    );
    const found = await readStored(await openPlace(output, ioOf('reader')));
    expect(found?.windows.map(({ capture }) => capture.start)).toEqual(times);
    expect(found?.provenance?.windows.map(({ start }) => start)).toEqual(times);
  }));
