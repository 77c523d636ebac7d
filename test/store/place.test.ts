import { describe, expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { parsePlace } from '../../src/store/place.ts';
import { UsageError } from '../../src/support/errors.ts';

describe('a place', () => {
  test.each([
    ['baseline.json', { kind: 'file', path: 'baseline.json' }],
    ['./git:main', { kind: 'file', path: './git:main' }],
    ['C:\\base.json', { kind: 'file', path: 'C:\\base.json' }],
    ['-', { kind: 'file', path: '-' }],
    ['git:base', { kind: 'git', ref: 'refs/heads/base', path: 'baseline.json.zst' }],
    ['git:refs/wireproof/b', { kind: 'git', ref: 'refs/wireproof/b', path: 'baseline.json.zst' }],
    ['git:a/b:shop/x.zst', { kind: 'git', ref: 'refs/heads/a/b', path: 'shop/x.zst' }],
    ['s3://bucket/a/b.zst', { kind: 's3', bucket: 'bucket', key: 'a/b.zst' }],
    [
      's3://bucket/k?region=eu-west-1&endpoint=http%3A%2F%2Flocalhost%3A9000',
      {
        kind: 's3',
        bucket: 'bucket',
        key: 'k',
        region: 'eu-west-1',
        endpoint: 'http://localhost:9000',
      },
    ],
    ['artifact:shop baseline', { kind: 'artifact', name: 'shop baseline' }],
  ])('%s', (text, place) => {
    expect(parsePlace(text)).toEqual(place);
  });

  test.each([
    'git:',
    'git::x',
    'git:-x',
    'git:a..b',
    'git:a.lock',
    'git:a b',
    'git:HEAD^{commit}',
    'git:refs/',
    'git:refs/x/-y',
    'git:base:',
    'git:base:/etc/passwd',
    'git:base:../x',
    'git:base:a/.GIT/hooks',
    'git:base:a\nb',
    's3:bucket/key',
    's3://bucket',
    's3://bucket/',
    's3:///key',
    's3://bu cket/key',
    's3://bucket/key?regoin=x',
    's3://bucket/key?endpoint=file:///etc/passwd',
    'artifact:',
    'artifact:a/b',
    'https://example.org/b.json',
    'gs://bucket/key',
  ])('%j is refused with the forms that there are', (text) => {
    const refusal = () => parsePlace(text);
    expect(refusal).toThrow(UsageError);
    expect(refusal).toThrow(expect.objectContaining({ hint: expect.stringContaining('git:REF') }));
  });

  test('an artifact needs GitHub Actions', async () => {
    const context = { env: {}, signal: AbortSignal.timeout(1_000), note: () => undefined };
    await expect(openStore('artifact:base', context)).rejects.toThrow(/needs GitHub Actions/);
    const store = { name: 'lent', read: async () => undefined, write: async () => undefined };
    const lent = { ...context, openArtifact: async () => store };
    expect(await openStore('artifact:base', lent)).toBe(store);
  });
});
