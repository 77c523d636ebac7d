import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { alertsPage, allRules } from '../scripts/alerts.ts';
import type { AlertRule } from '../src/monitor/alert-rule.ts';

const rules = allRules();

it('docs/alerts.md is what the code gives (else: npm run docs)', () => {
  expect(readFileSync('docs/alerts.md', 'utf8')).toBe(alertsPage());
});

describe('the page', () => {
  const rule = (given: Partial<AlertRule>): AlertRule => ({
    id: 'errors.share',
    category: 'errors',
    severity: 'warning',
    title: 'More errors',
    meaning: 'More calls fail than usual.',
    method: 'binomial test',
    within: '10 minutes',
    confirm: 2,
    clear: 1,
    remedy: 'Look at the evidence.',
    symptom: true,
    ...given,
  });
  const kind = (...own: AlertRule[]) => ({
    name: 'x',
    rules: own,
    create: () => {
      throw new Error('not made');
    },
  });

  it('has each rule by category and severity, with a link to its section', () => {
    const page = alertsPage(
      allRules(
        [
          kind(rule({ id: 'security.scan', category: 'security' }), rule({})),
          kind(rule({ id: 'errors.zero', severity: 'critical', symptom: false, confirm: 1 })),
        ],
        [],
      ),
    );
    const headings = [...page.matchAll(/^###? (.*)$/gm)].map(([, text]) => text);
    expect(headings).toEqual([
      'Errors',
      'errors.zero',
      'errors.share',
      'Security',
      'security.scan',
    ]);
    expect(page).toContain(
      '| [`errors.share`](#errorsshare) | warning | More calls fail than usual. | 10 minutes |',
    );
    expect(page).toContain('2 intervals in a row; **resolved after:** 1 interval\n');
    expect(page.match(/A symptom/g)?.length).toBe(2);
  });
});

it('every rule has an id of its own in its category, is told in plain sentences, and comes and goes', () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  for (const { id, category, title, meaning, method, remedy, within, confirm, clear } of rules) {
    expect(id).toMatch(/^[a-z]+\.[a-z0-9-]+$/);
    expect(id.startsWith(`${category}.`), id).toBe(true);
    for (const text of [meaning, remedy]) expect(text, id).toMatch(/^[A-Z`].*\.$/s);
    for (const text of [title, meaning, method, remedy, within])
      expect(text, id).not.toMatch(/[|\n]/);
    expect(confirm).toBeGreaterThanOrEqual(1);
    expect(clear).toBeGreaterThanOrEqual(1);
  }
});
