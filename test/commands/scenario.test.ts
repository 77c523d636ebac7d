import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runScenario } from '../../src/commands/scenario.ts';
import { commandIO } from '../support/running.ts';
import { withFolder } from '../support/with-file.ts';

/** The names of the variables that a scenario sees of those given. */
const seen = (given: Record<string, string>) =>
  withFolder(async (folder) => {
    const file = join(folder, 'env');
    const { io } = commandIO();
    const env = { PATH: process.env.PATH, ...given };
    const command = `"${process.execPath}" -e 'fs.writeFileSync(process.argv[1], Object.keys(process.env).join("\\n"))' "${file}"`;
    await runScenario(command, { ...io, env });
    const names = (await readFile(file, 'utf8')).split('\n');
    return Object.keys(given).filter((name) => names.includes(name));
  });

const secret = {
  'INPUT_GITHUB-TOKEN': 'x',
  'INPUT_KUBESHARK-TOKEN': 'x',
  INPUT_MODE: 'verify',
  KUBESHARK_HUB_TOKEN: 'x',
  ACTIONS_RUNTIME_TOKEN: 'x',
  ACTIONS_RESULTS_URL: 'x',
  ACTIONS_CACHE_URL: 'x',
};

it('the code that is judged gets no token of the Action, as it would in a step of its own', async () => {
  const open = { GITHUB_ACTIONS: 'true', GITHUB_SHA: 'c0ffee', ACTIONS_ID_TOKEN_REQUEST_URL: 'x' };
  expect(await seen({ ...secret, ...open, DATABASE_URL: 'x' })).toEqual([
    'GITHUB_ACTIONS',
    'GITHUB_SHA',
    'ACTIONS_ID_TOKEN_REQUEST_URL',
    'DATABASE_URL',
  ]);
});

it('elsewhere it gets all but the token for the Hub', async () => {
  expect(await seen({ INPUT_DIR: 'x', KUBESHARK_HUB_TOKEN: 'x' })).toEqual(['INPUT_DIR']);
});
