import { describe, expect, it } from 'vitest';
import { originLine } from '../../src/report/baseline-origin.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { renderText } from '../../src/report/text.ts';
import type { BaselineOrigin } from '../../src/verdict/baseline-origin.ts';
import { HOSTILE, judgement } from '../support/judgements.ts';

const origin: BaselineOrigin = {
  place: 'git:base',
  repository: 'github.com/acme/shop',
  commit: '0123456789abcdef0123456789abcdef01234567',
  ref: 'refs/heads/main',
  workflow: 'gate',
  runId: '42',
  environment: 'staging',
  wireproof: '0.1.0',
  windows: 3,
  tooOld: 1,
  end: 1_750_000_000_000,
  ageMs: 3 * 86_400_000 + 1,
};

describe('where a baseline comes from', () => {
  it('is one line', () => {
    expect(originLine(origin)).toBe(
      'git:base, commit 0123456789ab, refs/heads/main, github.com/acme/shop, workflow gate, run 42, environment staging, 3 windows, 1 older window left out, 3 d old, Wireproof 0.1.0',
    );
  });

  it.each([
    [0, '0 s old'],
    [1_999, '1 s old'],
    [119_999, '119 s old'],
    [2 * 60_000, '2 min old'],
    [47 * 3_600_000, '47 h old'],
    [48 * 3_600_000, '2 d old'],
    [-1, 'captured after the candidate'],
  ])('%d ms are %s', (ageMs, words) => {
    expect(originLine({ ...origin, ageMs })).toContain(`, ${words}, Wireproof`);
  });

  it('leaves out what nobody told', () => {
    const { place, wireproof, windows, end } = origin;
    const line = originLine({ place, wireproof, windows, tooOld: 0, end, ageMs: null });
    expect(line).toBe('git:base, 3 windows, Wireproof 0.1.0');
  });

  it('is harmless in every report', () => {
    for (const hostile of HOSTILE) {
      const told = { ...origin, place: hostile, ref: hostile, workflow: hostile };
      const text = renderText(judgement({ baselineOrigin: told }));
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      expect(text.split('\n').filter((line) => line.startsWith('baseline from '))).toHaveLength(1);
      const markdown = renderMarkdown(judgement({ baselineOrigin: told }));
      const section = markdown.split('\n').filter((line) => line.startsWith('Baseline from '));
      expect(section).toHaveLength(1);
      expect(section[0]).not.toMatch(/[<>|`*[\]]|:\/\/|@(?!\u200b)/);
    }
  });
});
