import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { answersOf, ids, oasdiffPage, version } from '../scripts/oasdiff.ts';
import { ANSWERS } from '../scripts/oasdiff-answers.ts';
import { RULES } from '../src/compare/rules.ts';

it.each(ids)('%s has one answer', (id) => {
  const answers = answersOf(id);
  expect(answers).toHaveLength(1);
  expect(answers[0]?.words).not.toBe('');
});

it('each answer is to some id, and names rules that there are', () => {
  for (const { ids: pattern, rules } of ANSWERS) {
    expect(ids.filter((id) => pattern.test(id))).not.toEqual([]);
    for (const rule of rules) expect([...RULES.keys()]).toContain(rule);
  }
});

it('the list is of one version, sorted, each id once', () => {
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(ids).toEqual([...new Set(ids)].sort());
});

it('docs/oasdiff.md is what the code gives (else: npm run docs)', () => {
  expect(readFileSync('docs/oasdiff.md', 'utf8')).toBe(oasdiffPage());
});
