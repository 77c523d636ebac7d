import { expect, it } from 'vitest';
import { bundledPackages, judgeAudit } from '../../scripts/audit.ts';

const BUNDLED = new Set(['hono']);

function answer(name: string, severity: string): string {
  const url = 'https://github.com/advisories/GHSA-xxxx';
  const via = [{ source: 1, name, title: 'Hangs', url, severity }, 'other'];
  return JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: { [name]: { name, severity, isDirect: false, via, nodes: [], effects: [] } },
    metadata: { vulnerabilities: { total: 1 } },
  });
}

it.each([
  ['hono', 'low', false],
  ['hono', 'critical', false],
  ['vitest', 'moderate', true],
  ['vitest', 'high', false],
])('%s with one that is %s: %s', (name, severity, ok) => {
  const audit = judgeAudit(answer(name, severity), BUNDLED);
  expect(audit.ok).toBe(ok);
  expect(audit.lines[0]).toContain(`: ${severity}: Hangs https://github.com/advisories/GHSA-xxxx`);
  expect(audit.lines[0]?.includes('(bundled)')).toBe(name === 'hono');
});

it('nothing found', () => {
  const none = JSON.stringify({ auditReportVersion: 2, vulnerabilities: {} });
  expect(judgeAudit(none, BUNDLED)).toEqual({ ok: true, lines: ['npm audit: 0 found'] });
});

it.each([
  [JSON.stringify({ message: '405 Method Not Allowed' }), '405 Method Not Allowed'],
  ['', 'no answer'],
])('a registry that gives no answer is told: %j', (text, why) => {
  const lines = [`npm audit: the registry can't be asked (${why})`];
  expect(judgeAudit(text, BUNDLED)).toEqual({ ok: true, lines });
});

it('knows what is bundled', () => {
  expect(bundledPackages()).toContain('zod');
  expect(bundledPackages()).not.toContain('vitest');
});
