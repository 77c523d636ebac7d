import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exampleOf, rulesPage } from '../scripts/rules.ts';
import { findingsOf } from '../scripts/rules-calls.ts';
import { EXAMPLES } from '../scripts/rules-examples.ts';
import { RULES } from '../src/compare/rules.ts';

// That the code emits no rule beside these is held by the type of a finding's rule.
describe('every rule of the catalogue', () => {
  it.each([...RULES])('%s is emitted for its example, as the catalogue says', (id, rule) => {
    const { finding } = exampleOf(id);
    expect(finding.category).toBe(rule.category);
    expect(rule.weight).toContain(finding.severity);
    expect(finding.operation).toMatch(/^(?:orders (?:GET|POST) \/|all operations$)/);
  });

  it('has one example', () => {
    expect(EXAMPLES.map(({ rule }) => rule)).toEqual([...RULES.keys()]);
  });

  it('is told in plain sentences', () => {
    for (const { means, why, advice } of RULES.values()) {
      for (const text of [means, why, advice]) expect(text).toMatch(/^[A-Z].*\.$/s);
    }
  });
});

it('either side of an example, compared with itself, gives no finding', () => {
  for (const { baseline, candidate, ...example } of EXAMPLES) {
    const calls = [60, 60] as const;
    expect(findingsOf({ ...example, require: [], calls, baseline, candidate: baseline })).toEqual(
      [],
    );
    expect(findingsOf({ ...example, require: [], calls, baseline: candidate, candidate })).toEqual(
      [],
    );
  }
});

it('docs/rules.md is what the code gives (else: npm run docs)', () => {
  expect(readFileSync('docs/rules.md', 'utf8')).toBe(rulesPage());
});
