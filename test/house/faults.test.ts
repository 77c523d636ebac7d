import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { promises } from '../support/promised.ts';

it('every fault that docs/faults.md promises an end for is brought about in a test, and no other', () => {
  const tests = readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => readFileSync(join('test', path), 'utf8'));
  const used = tests.flatMap((text) =>
    [...text.matchAll(/expectPromised\(\s*(['"])(.+?)\1/g)].map(([, , fault]) => fault),
  );
  expect(promises.size).toBeGreaterThan(20);
  expect([...new Set(used)].sort()).toEqual([...promises.keys()].sort());
});
