import { describe, expect, it } from 'vitest';
import { Reporter } from '../../../src/compare/schema/report.ts';
import { diffNodes } from '../../../src/compare/schema/walk.ts';
import { observed } from '../../profile/schema/make.ts';

type Each = (i: number) => unknown;

interface Given {
  /** Values on each side; 60 when unsaid. */
  readonly counts?: readonly [number, number];
  /** Bodies a value. */
  readonly scale?: readonly [number, number];
}

/** Tells what changed in the values of one place. */
function told(before: Each, after: Each, { counts = [60, 60], scale = [1, 1] }: Given = {}) {
  const of = (count: number, each: Each, side: string) =>
    observed(
      Array.from({ length: count }, (_, i) => each(i)),
      side,
    );
  const report = new Reporter('o', 'response', 'response 200');
  const support = { minSamples: 20, scale: { base: scale[0], cand: scale[1] } };
  diffNodes(of(counts[0], before, 'b'), of(counts[1], after, 'c'), report, support);
  return report.findings();
}
const lines = (...given: Parameters<typeof told>) =>
  told(...given).map(({ severity, rule, path, summary }) => {
    const said = summary.replace('The body of response 200 ', '').replace('response 200 ', '');
    return `${severity} ${rule}${path === 'response 200' ? '' : ` @ ${path?.slice(13)}`}: ${said}`;
  });

const one =
  (...members: readonly unknown[]): Each =>
  (i) =>
    members[i % members.length];
/** Letters, so many of them. */
const letters = (count: number): Each => one(...'abcdefghijklmnopqrst'.slice(0, count));
/** `value` in the first `some`, else `other`. */
const first =
  (some: number, value: unknown, other: unknown = 'a'): Each =>
  (i) =>
    i < some ? value : other;

describe('the types of a value', () => {
  it.each<[string, Each, Each, string]>([
    [
      'another type',
      (i) => i,
      one('x y'),
      'breaking schema.type-changed: was integer and is string (0/60 → 60/60).',
    ],
    [
      'another type beside null',
      first(30, null, 1),
      one(true),
      'breaking schema.type-changed: was integer or null and is boolean (0/60 → 60/60).',
    ],
    [
      'a type where there was null',
      one(null),
      (i) => i,
      'warning schema.type-changed: was null and is integer (0/60 → 60/60).',
    ],
    [
      'null where there was a type',
      (i) => i,
      one(null),
      'breaking schema.type-changed: was integer and is null (0/60 → 60/60).',
    ],
    [
      'null where there were two types',
      one(1, 'a'),
      one(null),
      'breaking schema.type-changed: was integer or string and is null (0/60 → 60/60).',
    ],
    [
      'null alone',
      first(30, null, 1),
      one(null),
      'warning schema.type-changed: is always null now (30/60 → 0/60).',
    ],
    [
      'null at times',
      (i) => i,
      first(30, null, 1),
      'breaking schema.became-nullable: was never null and is null at times (0/60 → 30/60).',
    ],
    [
      'null never',
      first(30, null, 1),
      (i) => i,
      'info schema.became-non-nullable: is never null any more (30/60 → 0/60).',
    ],
    [
      'one type less',
      one(1, 'none'),
      (i) => i,
      'info schema.type-narrowed: was integer or string and is integer (30/60 → 0/60).',
    ],
    [
      'one type and null less',
      one(1, 'none', null),
      (i) => i,
      'info schema.type-narrowed: was integer or string or null and is integer (20/60 → 0/60).',
    ],
    [
      'fractions',
      (i) => i,
      first(20, 1.5, 1),
      'breaking schema.type-changed: was always an integer and is a number with a fraction at times (0/60 → 20/60).',
    ],
    [
      'a number beside text',
      one('a', 'b'),
      one('a', 'b', 0.5),
      'breaking schema.type-changed: was string and is number or string (0/60 → 20/60).',
    ],
  ])('%s', (_, before, after, line) => {
    expect(lines(before, after)[0]).toBe(line);
  });

  it('are told with what was and is seen, and calls that show it', () => {
    const [found] = told((i) => i, first(30, null, 1));
    expect(found).toMatchObject({ baseline: 'integer', candidate: 'integer or null' });
    const ids = found?.evidence
      .filter(({ side }) => side === 'candidate')
      .map(({ callId }) => callId);
    for (const id of ids ?? []) expect(Number(id.slice(1))).toBeLessThan(30);
    const [gone] = told(one(1, 'none'), (i) => i);
    const were = gone?.evidence.filter(({ side }) => side === 'baseline') ?? [];
    expect(were.length).toBeGreaterThan(0);
    for (const { callId } of were) expect(Number(callId.slice(1)) % 2).toBe(1);
    const [fraction] = told((i) => i, first(20, 1.5, 1));
    expect(fraction).toMatchObject({ baseline: 'integer', candidate: 'number' });
    for (const { callId, side } of fraction?.evidence ?? [])
      if (side === 'candidate') expect(Number(callId.slice(1))).toBeLessThan(20);
  });

  it('are none of fractions that chance explains, that were there, or that are gone', () => {
    expect(lines((i) => i, first(1, 1.5, 1))).toEqual([]);
    expect(lines(first(1, 1.5, 1), first(30, 1.5, 1))).toEqual([]);
    expect(lines(first(30, 1.5, 1), (i) => i)).toEqual([]);
    expect(lines((i) => i, first(5, 1.5, 1))[0]).toMatch(/^warning schema.type-changed/);
    expect(lines((i) => i, first(9, 1.5, 1), { counts: [10, 10] })[0]).toMatch(/^breaking/);
    expect(lines((i) => i, first(3, 1.5, 1), { counts: [10, 10] })).toEqual([]);
  });

  it('rest on the heaviest of several moves', () => {
    const after: Each = (i) => (i < 2 ? true : i < 30 ? 'a b' : 1);
    expect(lines((i) => i, after)[0]).toBe(
      'breaking schema.type-changed: was integer and is boolean or integer or string (0/60 → 28/60).',
    );
  });
});

describe('the members of a fixed set', () => {
  it('that come are told with those known, also where they would be by chance', () => {
    expect(lines(one('a', 'b'), one('a', 'b', 'c'))).toEqual([
      "breaking schema.enum-value-added: has 'c', never seen in 'a', 'b' (0/60 → 20/60).",
    ]);
    expect(lines(one('a', 'b'), first(1, 'c'))[0]).toBe(
      "info schema.enum-value-added: has 'c', never seen in 'a', 'b' (0/60 → 1/60). Chance may explain it.",
    );
    expect(told(one('a', 'b'), one('a', 'b', 'c'))[0]).toMatchObject({
      baseline: "'a', 'b'",
      candidate: "'a', 'b', 'c'",
      evidence: expect.arrayContaining([expect.objectContaining({ side: 'candidate' })]),
    });
  });

  it('are words that come and go, where the known ones were seen once', () => {
    expect(lines(first(1, 'b'), first(3, 'c'))).toEqual([]);
    expect(lines(first(1, 'b'), first(20, 'c')).map((line) => line.slice(0, 41))).toEqual([
      "breaking schema.enum-value-added: has 'c'",
    ]);
  });

  it('break where they are a dozen at most: more are names', () => {
    const counts = [130, 130] as const;
    const of = (known: number) => lines(letters(known), first(40, 'z'), { counts })[0];
    expect(of(12)).toMatch(/^breaking schema.enum-value-added: has 'z'/);
    expect(of(13)).toMatch(/^warning schema.enum-value-added: has 'z'/);
  });

  it('may be no longer fixed', () => {
    expect(lines(one('a', 'b'), (i) => `word ${i} x`)).toEqual([
      "warning schema.enum-value-added: was one of 'a', 'b' and has other values now (0/60 → 1/60).",
    ]);
    expect(told(one('a', 'b'), (i) => `word ${i} x`)[0]).toMatchObject({
      baseline: "'a', 'b'",
      candidate: '(open)',
    });
    expect(lines((i) => `word ${i} x`, one('a', 'b'))).toEqual([]);
  });

  it('that go are told one by one, where that is more than chance', () => {
    expect(lines(one('a', 'b', 'c'), one('a'))).toEqual([
      "info schema.enum-value-removed: is never 'b' any more (20/60 → 0/60).",
      "info schema.enum-value-removed: is never 'c' any more (20/60 → 0/60).",
    ]);
    expect(lines(first(4, 'b'), one('a'))).toEqual([]);
    expect(lines(first(5, 'b'), one('a'))).toHaveLength(1);
    expect(told(one('a', 'b', 'c'), one('a', 'b'))[0]).toMatchObject({
      baseline: "'a', 'b', 'c'",
      candidate: "'a', 'b'",
    });
  });

  it('are a set where each was seen five times on average, and twenty in all', () => {
    const known = (counts: readonly [number, number], members: number) =>
      lines(letters(members), one('z'), { counts }).length > 0;
    expect(known([20, 60], 4)).toBe(true);
    expect(known([20, 60], 5)).toBe(false);
    expect(known([19, 60], 2)).toBe(false);
    expect(lines(one('a', 'b'), one('z'), { counts: [40, 60], scale: [0.5, 1] })).not.toEqual([]);
    expect(lines(one('a', 'b'), one('z'), { counts: [39, 60], scale: [0.5, 1] })).toEqual([]);
  });

  it('are no empty strings, and none that redaction left', () => {
    expect(lines(one('a', 'b'), one('a', 'b', ''))).toEqual([]);
    expect(lines(one('a', 'b'), one('a', 'b', '[redacted]'))).toEqual([]);
    expect(lines(one('a', 'b'), one(''))).toEqual([]);
  });
});

describe('the format of texts', () => {
  const time = (i: number) => new Date(1.7e12 + i * 12_345_678);
  const instant: Each = (i) => time(i).toISOString();
  const spaced: Each = (i) => time(i).toISOString().replace('T', ' ').replace('Z', '');
  const offset: Each = (i) => time(i).toISOString().replace('Z', '+02:00');
  const text: Each = (i) => `some words, ${i} of them`;
  const mixed =
    (some: number, other = text): Each =>
    (i) =>
      i < some ? other(i) : instant(i);

  it('that all had and many lost is a break, told with both', () => {
    const [found] = told(instant, spaced);
    expect(found).toMatchObject({
      rule: 'schema.format-changed',
      severity: 'breaking',
      summary: 'The body of response 200 was date-time and is spaced-date-time (60/60 → 0/60).',
      baseline: expect.stringMatching(/^date-time, /),
      candidate: 'spaced-date-time',
    });
    expect(found?.evidence.map(({ side }) => side)).toContain('candidate');
    expect(lines(instant, text)).toEqual([
      'breaking schema.format-changed: was date-time and is of no one format (60/60 → 0/60).',
    ]);
    expect(told(instant, text)[0]?.candidate).toBe('none');
  });

  it('that some lost weighs by how many', () => {
    expect(lines(instant, mixed(20))).toEqual([
      'breaking schema.format-changed: was date-time and is of no one format (60/60 → 40/60).',
    ]);
    expect(lines(instant, mixed(6))[0]).toMatch(/^warning schema.format-changed/);
    expect(lines(instant, mixed(1))[0]).toMatch(/^info .* Chance may explain it\.$/);
  });

  it('that none had and all have is a warning, unless the texts were a fixed set', () => {
    expect(lines(text, instant)).toEqual([
      'warning schema.format-changed: was of no one format and is date-time (0/60 → 60/60).',
    ]);
    expect(told(text, instant)[0]?.baseline).toBe('none');
    expect(lines(mixed(59), instant)).toEqual([]);
    expect(lines(one('open', 'paid'), instant).join()).not.toContain('format-changed');
  });

  it('of the weaker kind is a warning where most lost it for certain', () => {
    expect(lines(instant, offset)).toEqual([
      'warning schema.format-changed: was date-time and is date-time (60/60 → 0/60).',
    ]);
    const some = (count: number) => lines(instant, mixed(count, offset as (i: number) => string));
    expect([some(29).length, some(30).length]).toEqual([0, 1]);
  });

  it('is judged from twenty texts on each side that say something', () => {
    const some = (before: number, after: number) =>
      lines(instant, text, { counts: [before, after] }).length;
    expect([some(20, 20), some(19, 20), some(20, 19)]).toEqual([1, 0, 0]);
    const half: Each = (i) => (i % 2 ? '' : instant(i));
    expect(lines(half, text, { counts: [40, 40] })).toHaveLength(1);
    expect(lines(half, text, { counts: [38, 40] })).toHaveLength(0);
    expect(lines(instant, text, { counts: [40, 40], scale: [0.5, 0.5] })).toHaveLength(1);
    expect(lines(instant, text, { counts: [39, 40], scale: [0.5, 0.5] })).toHaveLength(0);
    expect(lines(instant, text, { counts: [40, 39], scale: [0.5, 0.5] })).toHaveLength(0);
  });
});

describe('the unit of times since 1970', () => {
  const at =
    (unit: number): Each =>
    (i) =>
      1_700_000_000 * unit + i;

  it.each([
    [1, 1000, 'was in seconds since 1970 and is in milliseconds', 'seconds', 'milliseconds'],
    [
      1e6,
      1e3,
      'was in microseconds since 1970 and is in milliseconds',
      'microseconds',
      'milliseconds',
    ],
    [1e3, 1, 'was in milliseconds since 1970 and is in seconds', 'milliseconds', 'seconds'],
  ])('%d to %d', (was, is, what, baseline, candidate) => {
    expect(lines(at(was), at(is))).toEqual([
      `breaking schema.format-changed: ${what} (60/60 → 0/60).`,
    ]);
    const [found] = told(at(was), at(is));
    expect(found).toMatchObject({ baseline, candidate });
    expect(found?.evidence.map(({ side }) => side)).toContain('baseline');
  });

  it.each<[string, Each, Each]>([
    ['the same', at(1), at(1)],
    ['other numbers', (i) => i, at(1)],
    ['numbers that are times at times', at(1), first(5, 7, 1_700_000_000_000)],
    ['negative ones', at(1), first(1, -1_700_000_000_000, 1_700_000_000_000)],
    ['fractions', first(1, 1_700_000_000.5, 1_700_000_000), first(1, 1.7e12 + 0.5, 1.7e12)],
  ])('is none of %s', (_, before, after) => {
    expect(lines(before, after).join()).not.toContain('since 1970');
  });

  it('is judged from twenty numbers on each side', () => {
    const some = (counts: [number, number], scale?: [number, number]) =>
      lines(at(1), at(1000), { counts, ...(scale && { scale }) }).length;
    expect([some([20, 20]), some([19, 20]), some([20, 19])]).toEqual([1, 0, 0]);
    const half: [number, number] = [0.5, 0.5];
    expect([some([40, 40], half), some([39, 40], half), some([40, 39], half)]).toEqual([1, 0, 0]);
  });
});
