import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { fileFailure } from '../../src/support/file-failure.ts';

const failureOf = (path: string) =>
  readFile(path).then(
    () => undefined,
    (cause) => fileFailure(cause),
  );

test.each([
  ['/no/such/file', 'there is no such file', 'check the path'],
  ['/', 'it is a directory', 'name a file in it'],
  ['/etc/hostname/x', 'the system says ENOTDIR', 'check the file'],
])('%s: %s', async (path, reason, remedy) => {
  expect(await failureOf(path)).toEqual({ reason, remedy });
});

test('what the system does not say is told in its own words', () => {
  expect(fileFailure(new RangeError('too large')).reason).toBe('too large');
  const bad = Object.assign(new Error('incorrect header check'), { code: 'Z_DATA_ERROR' });
  expect(fileFailure(bad).reason).toBe('incorrect header check');
});
