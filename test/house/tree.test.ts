import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

const TOP =
  '.ci .dependency-cruiser.mjs .github .gitignore .npmrc CHANGELOG.md CONTRIBUTING.md LICENSE README.md SECURITY.md VERSIONING.md action.yml biome.json demo dist docs examples fixtures knip.json package-lock.json package.json scripts src test tsconfig.build.json tsconfig.json vitest.config.ts'.split(
    ' ',
  );

test('nothing that a tool left behind is kept at the top of the tree', () => {
  const kept = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).trim().split('\n');
  const top = new Set(kept.map((path) => path.split('/', 1)[0]));
  expect([...top].sort()).toEqual([...TOP].sort());
});
