import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const page = readFileSync('docs/security.md', 'utf8');
const testsIn = (text: string) =>
  [...text.matchAll(/`(test\/[\w/.-]+\.ts)`/g)].map(([, path]) => path);

describe('the threat model', () => {
  it('is linked from SECURITY.md', () => {
    expect(readFileSync('SECURITY.md', 'utf8')).toContain('](docs/security.md)');
  });

  it('names a test for what it says of each border', () => {
    const borders = page.split(/^## /m).find((part) => part.startsWith('Borders')) ?? '';
    const claims = borders.split('\n').filter((line) => line.startsWith('- '));
    expect(claims.length).toBeGreaterThan(15);
    for (const claim of claims) expect(testsIn(claim).length, claim).toBeGreaterThan(0);
  });

  it('names tests that are there', () => {
    for (const path of testsIn(page)) expect(existsSync(path as string), path).toBe(true);
  });
});

/** Files that put expressions together, of their own constants alone. */
const COMPOSE = [
  'calls/pod-owner.ts',
  'calls/secret-formats.ts',
  'monitor/detect/security/injection-patterns.ts',
  'profile/schema/format-table.ts',
];

it('no regular expression is made of a text that somebody else wrote', () => {
  const composing = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .filter((path) => /\bRegExp\(/.test(readFileSync(join('src', path), 'utf8')));
  expect(composing.sort()).toEqual(COMPOSE);
});
