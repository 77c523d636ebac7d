import { describe, expect, it } from 'vitest';
import {
  type Each,
  fanoutOf,
  findings,
  judged,
  type Made,
  nameOf,
  pairOf,
  query,
  told,
} from './make.ts';

const always: Made = { to: 'stock GET /k' };
const ask: Made = { to: 'cache GET a:1', protocol: 'redis' };
const fill: Made = { to: 'cache SET a:1', protocol: 'redis' };
const select = query('items');

const words = (...given: Parameters<typeof findings>) =>
  findings(...given).map(({ summary }) => summary);

describe('what follows a cache', () => {
  const hits =
    (misses: number, made: readonly Made[] = [select, fill]): Each =>
    (i) =>
      i % 100 < misses ? [ask, ...made] : [ask];
  const ofDb = (lines: readonly string[]) => lines.filter((line) => line.includes(nameOf(select)));

  it('comes and goes with its hits: three times as much is a warning, less is nothing', () => {
    expect(ofDb(told(hits(25), hits(75)))).toEqual([
      `warning call.count-changed ${nameOf(select)}`,
    ]);
    expect(told(hits(75), hits(25))).toEqual([]);
    expect(told(hits(25), hits(74))).toEqual([]);
  });

  it('is a warning where it is made less often than always', () => {
    expect(ofDb(told(hits(100), hits(10)))).toEqual([`warning call.missing ${nameOf(select)}`]);
  });

  it('breaks where the cache no longer answers, in words of the cache', () => {
    expect(ofDb(told(hits(10), hits(100)))).toEqual([
      `breaking call.count-changed ${nameOf(select)}`,
    ]);
    expect(words(hits(10), hits(100))).toContain(
      `Calls ${nameOf(select)} on every handled call: the share that its cache answered fell from 90 % to 0 %.`,
    );
  });

  it('is no excuse for what writes elsewhere', () => {
    const insert = query('items', 'INSERT');
    const of = (misses: number) => hits(misses, [insert]);
    expect(told(of(100), of(10))).toEqual([`breaking call.missing ${nameOf(insert)}`]);
    expect(told(of(10), of(60), [400, 400])).toEqual([
      `warning call.count-changed ${nameOf(insert)}`,
    ]);
  });

  it('has its fills under the reads that they follow', () => {
    const found = findings(hits(10), hits(100));
    const [write] = found.filter(({ path }) => path === nameOf(fill));
    expect(write?.causedBy).toBe(`call.count-changed orders POST /orders ${nameOf(select)}`);
    expect(found.find(({ path }) => path === nameOf(select))?.causedBy).toBeUndefined();
    const fillsOnly = (misses: number) => hits(misses, [fill]);
    expect(findings(fillsOnly(10), fillsOnly(100))[0]?.causedBy).toBeUndefined();
    const sameFills: Each = (i) => (i < 10 ? [ask, select, fill] : [ask, fill]);
    const apart = findings(hits(10), (i) => (i < 10 ? [ask, fill] : [ask, select]));
    expect(apart.every(({ causedBy }) => causedBy === undefined)).toBe(true);
    const crossed = findings(
      (i) => (i < 10 ? [ask, select, fill] : [ask, fill]),
      (i) => (i < 10 ? [ask, select, fill] : [ask, select]),
    );
    expect(crossed).toHaveLength(2);
    expect(crossed.every(({ causedBy }) => causedBy === undefined)).toBe(true);
    expect(told(hits(10), sameFills)).toEqual([`breaking call.count-changed ${nameOf(fill)}`]);
  });

  it('has the reads that it misses alike under the first of them', () => {
    const lines = query('lines');
    const causes = (...given: Parameters<typeof findings>) =>
      findings(...given)
        .filter(({ path }) => [select, lines].some((one) => path === nameOf(one)))
        .map(({ causedBy }) => causedBy);
    const both = [select, lines];
    expect(causes(hits(10, both), hits(100, both))).toEqual([
      undefined,
      `call.count-changed orders POST /orders ${nameOf(select)}`,
    ]);
    const apart: Each = (i) => (i < 10 ? [ask, ...both] : i < 30 ? [ask, lines] : [ask]);
    expect(causes(apart, hits(100, both))).toEqual([undefined, undefined]);
    const nearly: Each = (i) => (i < 10 ? [ask, ...both] : i < 14 ? [ask, lines] : [ask]);
    expect(causes(nearly, hits(100, both))[1]).toBe(
      `call.count-changed orders POST /orders ${nameOf(select)}`,
    );
    const uncached =
      (misses: number): Each =>
      (i) =>
        i % 100 < misses ? both : [always];
    expect(causes(uncached(10), uncached(100))).toEqual([undefined, undefined]);
  });

  it('has other reads of the cache, what is written and what is new under nothing', () => {
    const other: Made = { to: 'cache GET b:1', protocol: 'redis' };
    const insert = query('log', 'INSERT');
    const causes = (before: Each, after: Each) =>
      findings(before, after).map(({ path, causedBy }) => [path, causedBy]);
    const alone = (...made: readonly Made[]) =>
      made.map((one) => [nameOf(one), undefined]).toSorted();
    const missed = [other, select, insert];
    expect(causes(hits(10, missed), hits(100, missed))).toEqual(alone(...missed));
    const lines = query('lines');
    const added = [select, lines];
    const always = [ask, query('users')];
    expect(
      causes(
        () => always,
        () => [...always, ...added],
      ),
    ).toEqual(alone(...added));
  });

  it('has its fills under reads of the same operation only', () => {
    const of = (misses: number, made: readonly Made[]) => fanoutOf(100, hits(misses, made));
    const pairs = [
      pairOf(of(10, [select]), of(100, [select]), 'orders GET /a'),
      pairOf(of(10, [fill]), of(100, [fill]), 'orders GET /b'),
    ];
    const { findings } = judged(pairs);
    expect(findings.map(({ operation, causedBy }) => [operation, causedBy])).toEqual([
      ['orders GET /a', undefined],
      ['orders GET /b', undefined],
    ]);
    const reads = ['orders GET /a', 'orders GET /b'].map((operation) =>
      pairOf(of(10, [select]), of(100, [select]), operation),
    );
    expect(judged(reads).findings.map(({ causedBy }) => causedBy)).toEqual([undefined, undefined]);
  });

  it('is one that is asked by nearly every handled call on both sides', () => {
    const asked =
      (some: number, misses: number): Each =>
      (i) => [...(i < some ? [ask] : [always]), ...(i % 100 < misses ? [select] : [])];
    expect(ofDb(told(asked(95, 100), asked(95, 10)))).toEqual([
      `warning call.missing ${nameOf(select)}`,
    ]);
    expect(ofDb(told(asked(94, 100), asked(95, 10)))).toEqual([
      `breaking call.missing ${nameOf(select)}`,
    ]);
    expect(ofDb(told(asked(95, 100), asked(94, 10)))).toEqual([
      `breaking call.missing ${nameOf(select)}`,
    ]);
  });
});
