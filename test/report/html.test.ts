import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/report/html.ts';
import { forScript } from '../../src/report/html-data.ts';
import { fitting } from '../../src/report/html-fit.ts';
import { freshTemplate } from '../support/browser.ts';
import { finding, HOSTILE, judgement } from '../support/judgements.ts';
import { largeJudgement } from '../support/large-judgement.ts';

const NOTHING = { findings: 0, operations: 0, rows: 0 };

describe('the page of a report', async () => {
  const template = await freshTemplate();

  it('allows its own script and style by hash, and nothing else', () => {
    const html = renderHtml(judgement(), template);
    const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
    const hash = (text = '') => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text]) =>
      hash(text),
    );
    const styles = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, text]) => hash(text));
    expect(scripts).toHaveLength(1);
    expect(styles).toHaveLength(1);
    expect(policy).toBe(
      `default-src 'none'; script-src ${scripts[0]}; style-src ${styles[0]}; base-uri 'none'; form-action 'none'`,
    );
  });

  it('asks for nothing: no address, no attribute that a policy would have to allow', () => {
    const html = renderHtml(judgement({ findings: [finding()] }), template);
    const markup = html.replace(/<(script|style)[^>]*>[\s\S]*?<\/\1>/g, '');
    expect(markup).not.toMatch(/\s(?:src|href|style|on\w+)=/);
    expect(html).not.toMatch(/url\((?!#)|@import/);
  });

  it('holds the judgement as it is', () => {
    const given = judgement({ findings: [finding({ summary: 'a < b & $& %DATA% %PLAIN%' })] });
    const html = renderHtml(given, template);
    const [, json = ''] = /id="data">([\s\S]*?)<\/script>/.exec(html) ?? [];
    expect(JSON.parse(json)).toEqual({ judgement: given, leftOut: NOTHING });
  });

  it.each(HOSTILE)('lets no text out of its place (%#)', (text) => {
    const given = judgement({
      reasons: [text],
      findings: [finding({ summary: text, path: text })],
    });
    const html = renderHtml(given, template);
    const count = (part: string) => html.split(part).length;
    const clean = renderHtml(judgement({ findings: [finding()] }), template);
    for (const part of ['<script', '</script', '<img', '<!--', '<h1', '</details', '<a ']) {
      expect(html.split(part).length, part).toBe(clean.split(part).length);
    }
    expect(count('\u202e')).toBe(1);
    expect(count('\u001b')).toBe(1);
  });

  it('stays under its size, whatever the findings are, and counts what it leaves out', () => {
    const long = 'x'.repeat(10_000);
    const large = largeJudgement(500, 2000);
    const findings = large.findings.map((one) => ({
      ...one,
      path: long,
      summary: long,
      operation: long,
      evidence: Array.from({ length: 10 }, () => ({ callId: long, side: 'candidate' as const })),
    }));
    const given = { ...large, findings };
    const html = renderHtml(given, template);
    expect(Buffer.byteLength(html)).toBeLessThan(5_000_000);
    const data = fitting(given, 1_000_000);
    expect(data.judgement.findings.length + data.leftOut.findings).toBe(2000);
    expect(data.judgement.findings.length).toBeGreaterThan(0);
    expect(data.leftOut.findings).toBeGreaterThan(0);
    expect((data.judgement.operations?.list.length ?? 0) + data.leftOut.operations).toBe(500);
  });

  it('counts the rows of coverage, call graph and configuration that it leaves out', () => {
    const { coverage } = judgement();
    const long = 'x'.repeat(400);
    const many = <T>(item: T) => Array.from({ length: 1500 }, () => item);
    const given = judgement({
      coverage: { ...coverage, notCovered: many({ operation: long, baseline: 1, candidate: 0 }) },
      ignored: many({ entry: long, reason: long, count: 1, findings: [long] }),
    });
    const data = fitting(given, 1_000_000);
    const { ignored = [], coverage: kept } = data.judgement;
    expect(ignored.length).toBeGreaterThan(0);
    expect(data.leftOut.rows).toBe(3000 - ignored.length - kept.notCovered.length);
    expect(fitting(given, 100_000_000).leftOut).toEqual(NOTHING);
  });

  it('gives the same bytes for the same judgement', async () => {
    const again = renderHtml(largeJudgement(20, 50), await freshTemplate());
    expect(again).toBe(renderHtml(largeJudgement(20, 50), template));
  });
});

it('data comes back as it was, and ends no block', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const data = { judgement: judgement({ reasons: [text] }), leftOut: NOTHING };
      const json = forScript(data);
      expect(json).not.toMatch(/[<>\u2028\u2029]/);
      expect(JSON.parse(json)).toEqual(data);
    }),
  );
});
