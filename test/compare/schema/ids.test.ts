import { describe, expect, it } from 'vitest';
import { idMismatched } from '../../../src/compare/schema/ids.ts';
import { Reporter } from '../../../src/compare/schema/report.ts';
import { diffNodes } from '../../../src/compare/schema/walk.ts';
import { observed } from '../../profile/schema/make.ts';

type Each = (i: number) => unknown;

/** What is told where requests ask for ids from 100 on, and answers hold these. */
function told(before: Each, after: Each, given: { count?: number; things?: number } = {}) {
  const { count = 60, things = count } = given;
  const of = (each: Each, side: string) =>
    observed(
      Array.from({ length: count }, (_, i) => each(100 + (i % things))),
      side,
      (i) => [`${100 + (i % things)}`, 100 + (i % things)],
    );
  const report = new Reporter('o', 'response', { side: 'response', status: '200', part: 'json' });
  const support = { minSamples: 20, scale: { base: 1, cand: 1 } };
  diffNodes({ base: of(before, 'b'), cand: of(after, 'c'), pointer: '', support }, report);
  return report.findings();
}

const lines = (...given: Parameters<typeof told>) =>
  told(...given).map(({ severity, rule, summary }) => `${severity} ${rule}: ${summary}`);

const same: Each = (id) => ({ id });
const first: Each = () => ({ id: 100 });

describe('an id in answers', () => {
  it('that always was the one asked for and never is, breaks', () => {
    expect(lines(same, (id) => ({ id: Number(id) + 1 }))).toEqual([
      'breaking schema.id-mismatched: /id of response 200 is never what the request asked for any more (60/60 → 0/60).',
    ]);
  });

  it('breaks where a cache gives all the first that somebody asked for', () => {
    expect(lines(same, first)).toEqual([
      'breaking schema.id-mismatched: /id of response 200 is another at times than what the request asked for (60/60 → 1/60).',
    ]);
  });

  it('breaks in the items of lists as well', () => {
    const list = (owner: Each) => (id: number) => [{ owner: owner(id) }, { owner: owner(id) }];
    const [finding] = told(
      list((id) => `${id}`),
      list((id) => `${Number(id) % 7}`),
    );
    expect(finding).toMatchObject({ rule: 'schema.id-mismatched', path: 'response 200 /*/owner' });
    expect(finding?.evidence.map(({ side }) => side)).toContain('baseline');
  });

  it('is shown by calls whose answer is about something else', () => {
    const every = (n: number) => (id: number) => ({ id: id % n ? id : 1 });
    const [finding] = told(same, every(3));
    const shown = finding?.evidence.filter(({ side }) => side === 'candidate') ?? [];
    expect(shown.length).toBeGreaterThan(0);
    for (const { callId } of shown) expect((100 + Number(callId.slice(1))) % 3).toBe(0);
  });

  it('that seldom is another is told and not decided', () => {
    const once: Each = (id) => ({ id: id === 107 ? 1 : id });
    const sides = told(same, once)[0]?.evidence.map(({ side }) => side);
    expect(sides).toEqual(expect.arrayContaining(['baseline', 'candidate']));
    expect(lines(same, once)).toEqual([
      'info schema.id-mismatched: /id of response 200 is another at times than what the request asked for (60/60 → 59/60). Chance may explain it.',
    ]);
  });

  it.each<[string, Each, Each, { things?: number }?]>([
    ['written as text now and before', (id) => ({ id: `${id}` }), (id) => ({ id: `${id}` })],
    ['that was another before at times', (id) => ({ id: id === 103 ? 1 : id }), first],
    ['that was another before at times', (id) => ({ id: id === 103 ? 1 : id }), () => ({ id: 7 })],
    ['that only few things had', same, first, { things: 3 }],
    ['masked', same, () => ({ id: '***' })],
  ])('%s is no mismatch', (_, before, after, given) => {
    const rules = told(before, after, given).map(({ rule }) => rule);
    expect(rules).not.toContain('schema.id-mismatched');
  });

  it.each<[string, Each, string[]]>([
    ['has another type', (id) => ({ id: `${id}`, at: 1 }), ['schema.type-changed']],
    ['is null', () => ({ id: null }), ['schema.type-changed']],
    ['is gone', () => ({ other: 1 }), ['schema.field-removed']],
    ['is zero', () => ({ id: 0 }), ['schema.value-emptied']],
    ['has another format', (id) => ({ id: `https://x.example/${id}` }), ['schema.format-changed']],
  ])('that %s is told once', (_, after, rules) => {
    const before = rules[0] === 'schema.format-changed' ? (id: number) => ({ id: `${id}` }) : same;
    const breaking = told(before, after).filter(({ severity }) => severity === 'breaking');
    expect(breaking.map(({ rule }) => rule)).toEqual(rules);
  });
});

describe('an id that', () => {
  const nodes = (cand: readonly unknown[]) => ({
    base: observed(
      cand.map((_, i) => i),
      'b',
      (i) => [i],
    ),
    cand: observed(cand, 'c', (i) => [i]),
    pointer: '/id',
    support: { minSamples: 20, scale: { base: 1, cand: 1 } },
  });
  const ids = Array.from({ length: 40 }, (_, i) => i);

  it.each([
    ['answers still repeat', ids],
    ['is there no more', ids.map(() => null)],
  ])('%s is no change', (_, cand) => {
    expect(idMismatched(nodes(cand))).toBeUndefined();
    expect(idMismatched(nodes([...cand.slice(1), -1]))?.rule).toBe('schema.id-mismatched');
  });
});
