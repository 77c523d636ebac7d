import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderInvestigationMarkdown } from '../../../src/report/incident/incident-markdown.ts';
import { safeLink } from '../../../src/report/incident/safe-link.ts';
import { abstaining, investigation, largeIncident } from '../../support/investigations.ts';

const BERLIN = { timeZone: 'Europe/Berlin' };
const golden = (name: string) => readFileSync(`${import.meta.dirname}/golden/${name}.md`, 'utf8');

describe('an investigation in GitHub’s Markdown', () => {
  it.each([
    ['found', investigation()],
    ['abstained', abstaining()],
  ])('renders one that %s as reviewed', (name, given) => {
    expect(renderInvestigationMarkdown(given, BERLIN)).toBe(golden(name));
  });

  it.each([1_000_000, 65_536, 20_000, 6_000])(
    'of hundreds of everything fits into %i bytes, and the answer stands',
    (max) => {
      const markdown = renderInvestigationMarkdown(largeIncident(), BERLIN, max);
      expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(max);
      expect(markdown).toMatch(/^# 🔎 Wireproof: Origin: inventory\n\n\*\*inventory ran out/);
      const [, left = ''] = /(\d+) more lines left out here/.exec(markdown) ?? [];
      const shown = markdown.match(/^\| 2026-/gm)?.length ?? 0;
      expect(shown).toBeGreaterThan(0);
      expect(shown + Number(left)).toBe(600);
    },
  );

  it('draws no diagram that Mermaid refuses, and counts the edges left out', () => {
    const markdown = renderInvestigationMarkdown(largeIncident());
    const [, drawing = ''] = /^```mermaid\n([^`]*)^```$/m.exec(markdown) ?? [];
    const drawn = drawing.match(/-->/g)?.length ?? 0;
    expect(drawing.length).toBeLessThan(48_000);
    expect(markdown).toContain(`${599 - drawn} more edges left out here`);
  });
});

it.each([
  ['https://github.com/acme/shop/deployments/42', true],
  ['http://127.0.0.1:8080/acme/shop/commit/abc?x=1#y', true],
  ['javascript:alert(1)', false],
  ['https://x/) [y](z', false],
  ['https://x/"><b>', false],
  ['https://user@evil.example/', false],
  [`https://x/${'a'.repeat(600)}`, false],
])('links to %s: %s', (url, is) => expect(safeLink(url) !== undefined).toBe(is));
