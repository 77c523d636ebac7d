import { describe, expect, it } from 'vitest';
import { type Each, first, lines, one, told } from './diff.ts';

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
      'warning schema.format-changed: was date-time-utc and is date-time-offset (60/60 → 0/60).',
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

describe('decimals that are whole now', () => {
  const price = (i: number) => (i * 1.07 + 3).toFixed(2);
  const cents: Each = (i) => String(i * 107 + 300);
  const some: Each = (i) => (i % 3 ? price(i) : '12');
  const broken = ['breaking schema.format-changed: was decimal-string and is integer-string'];

  it('are in another unit, as text', () => {
    expect(lines(price, cents)).toEqual([`${broken} (60/60 → 0/60).`]);
    const few = { subjects: { base: 3, cand: 3, few: true, each: { base: 0.05, cand: 0.05 } } };
    expect(lines(price, cents, few)[0]).toMatch(/^warning/);
    expect(lines((i) => (i % 10 ? price(i) : '12'), cents)).toHaveLength(1);
    expect(lines(some, cents)[0]).toMatch(/^warning .*\(40\/60/);
    expect(lines((i) => (i % 4 ? '12' : price(i)), cents)).toEqual([]);
  });

  it('or as numbers, unless they are zero', () => {
    const number: Each = (i) => Number(price(i)) + 0.001;
    expect(lines(number, (i) => i * 107 + 300)).toEqual([
      'breaking schema.format-changed: was number and is integer (60/60 → 0/60).',
    ]);
    expect(lines(number, (i) => (i < 55 ? 0 : 7)).join()).not.toContain('format-changed');
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
