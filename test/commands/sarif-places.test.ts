import { expect, it } from 'vitest';
import { sarifPlaces } from '../../src/commands/sarif-places.ts';

it.each([
  [undefined, 'wireproof.yml'],
  ['gate/wireproof.yml', 'gate/wireproof.yml'],
  ['./wireproof.yml', 'wireproof.yml'],
  ['/etc/wireproof.yml', 'wireproof.yml'],
  ['../wireproof.yml', 'wireproof.yml'],
])('points from %s at %s, a file of the repository', (config, file) => {
  expect(sarifPlaces(config, {})).toEqual({ file, docs: undefined });
});

it('knows the pages of the version that the workflow runs', () => {
  const env = {
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_ACTION_REPOSITORY: 'o/wireproof',
    GITHUB_ACTION_REF: 'v1',
  };
  expect(sarifPlaces(undefined, env).docs).toBe('https://github.example/o/wireproof/blob/v1/docs');
});
