import { describe, expect, it } from 'vitest';
import { backOffOf, waitsInWords } from '../../../src/compare/calls/waits.ts';
import { type Each, findings, type Made } from './make.ts';

const charge: Made = { to: 'payment POST /charge' };

/** Calls that fail but the last, after such waits (ms). */
function attempts(...waits: readonly number[]): readonly Made[] {
  let at = 2;
  return [0, ...waits].map((wait, i) => {
    at += wait + (i > 0 ? 1 : 0);
    return { ...charge, at, status: i < waits.length ? '503' : '200' };
  });
}
/** Repeated after the waits in the first `some` handled calls. */
const inFirst =
  (some: number, ...waits: readonly number[]): Each =>
  (i) =>
    i < some ? attempts(...waits) : [charge];

const told = (...given: Parameters<typeof findings>) =>
  findings(...given).map(({ severity, rule }) => `${severity} ${rule}`);

describe('calls made again after they failed', () => {
  const never = inFirst(0);

  it('break where there were none, told with how often and after which waits', () => {
    const [found, ...more] = findings(never, inFirst(30, 20, 40));
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      rule: 'call.retries',
      category: 'behaviour',
      severity: 'breaking',
      path: 'payment POST /charge',
      baseline: 0,
      candidate: 30,
      effect: 0.3,
      samples: { baseline: 100, candidate: 100 },
    });
    expect(found?.summary).toMatch(
      /^Repeats payment POST \/charge after it failed in 30 of 100 handled calls \(60 repeats, after [\d.]+ ms, [\d.]+ ms: growing\); before in 0 of 100\.$/,
    );
    expect(found?.interval?.low).toBeGreaterThan(0.2);
    expect(found?.interval?.high).toBeLessThan(0.4);
    expect(
      found?.evidence.map(({ callId, side, note }) => [callId.split('/').length, side, note]),
    ).toEqual([
      ...Array(2).fill([2, 'candidate', 'a handled call with repeats']),
      ...Array(3).fill([3, 'candidate', 'a call made']),
    ]);
    for (const { callId } of found?.evidence.slice(0, 2) ?? [])
      expect(Number(callId.slice(2))).toBeLessThan(30);
  });

  it('warn where there were some and are three times as many, and are nothing below', () => {
    expect(told(inFirst(4, 20), inFirst(40, 20))).toEqual(['warning call.retries']);
    const [found] = findings(inFirst(4, 20), inFirst(40, 20));
    expect(found).toMatchObject({ baseline: 4, candidate: 40 });
    expect(found?.effect).toBeCloseTo(0.36);
    expect(found?.summary).toMatch(/ in 40 of 100 handled calls .*; before in 4 of 100\.$/);
    expect(told(inFirst(25, 20), inFirst(75, 20))).toEqual(['warning call.retries']);
    expect(told(inFirst(25, 20), inFirst(74, 20))).not.toContain('warning call.retries');
    expect(told(inFirst(75, 20), inFirst(25, 20))).not.toContain('warning call.retries');
  });

  it('warn where the same was called several times a handled call anyway', () => {
    const several =
      (some: number): Each =>
      (i) =>
        i < some ? [charge, charge] : [charge];
    expect(told(several(4), inFirst(30, 20))[0]).toBe('breaking call.retries');
    expect(told(several(5), inFirst(30, 20))[0]).toBe('warning call.retries');
  });

  it('are shown by handled calls that made most of them', () => {
    const [found] = findings(never, (i) => attempts(...[20, 20].slice(0, i % 3)));
    const shown =
      found?.evidence.filter(({ note }) => note === 'a handled call with repeats') ?? [];
    expect(shown.length).toBeGreaterThan(0);
    for (const { callId } of shown) expect(Number(callId.slice(2)) % 3).toBe(2);
  });

  it('are nothing in a few handled calls', () => {
    expect(told(never, inFirst(4, 20))).toEqual([]);
    expect(told(never, inFirst(4, 20), [2000, 100])).toEqual([]);
    expect(told(never, inFirst(5, 20), [2000, 100])).toEqual(['breaking call.retries']);
    expect(told(inFirst(1, 20), inFirst(6, 20))).toEqual([]);
  });
});

describe('the waits before a call is made again', () => {
  const sooner = (before: readonly number[], after: readonly number[], some = 50) =>
    findings(inFirst(50, ...before), inFirst(some, ...after));

  it('are a break where they no longer grow', () => {
    const [found, ...more] = sooner([100, 300, 900], [100, 100, 100]);
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      rule: 'call.back-off-changed',
      category: 'behaviour',
      severity: 'breaking',
      path: 'payment POST /charge',
      interval: null,
      samples: { baseline: 150, candidate: 150 },
    });
    expect(found?.summary).toMatch(
      /^Repeats payment POST \/charge sooner after it failed: after [\d.]+ ms, [\d.]+ ms, [\d.]+ ms: no back-off; before after [\d.]+ ms, [\d.]+ ms, [\d.]+ ms: exponential back-off\.$/,
    );
    expect(found?.baseline).toMatch(/^(99|10\d), (29\d|30\d), (89\d|90\d)$/);
    expect(found?.candidate).toMatch(/^(99|10\d), (99|10\d), (99|10\d)$/);
    expect(found?.effect).toBeCloseTo(0.11, 1);
    expect(found?.evidence[0]).toMatchObject({ side: 'candidate', note: 'a call made' });
  });

  it('are a warning where all of them shrank to half, told once', () => {
    expect(sooner([90, 180], [30, 60]).map(({ severity }) => severity)).toEqual(['warning']);
    expect(sooner([100, 100], [30, 30]).map(({ severity }) => severity)).toEqual(['warning']);
  });

  it('are nothing where they shrank less, grew, or were seen too seldom', () => {
    expect(sooner([90, 180], [60, 120])).toEqual([]);
    expect(sooner([30, 60], [90, 180])).toEqual([]);
    expect(sooner([100], [30], 4).map(({ rule }) => rule)).not.toContain('call.back-off-changed');
    expect(sooner([100], [30], 5).map(({ rule }) => rule)).toContain('call.back-off-changed');
  });

  it.each([
    [[], undefined],
    [[100], undefined],
    [[1, 4], 'no back-off'],
    [[1, 5], 'growing'],
    [[100, 130], 'no back-off'],
    [[100, 131], 'growing'],
    [[100, 200, 340], 'exponential back-off'],
    [[100, 200, 339], 'linear back-off'],
    [[100, 100, 400], 'no back-off'],
  ] as const)('of %j grow as %s', (waits, kind) => {
    expect(backOffOf(waits)).toBe(kind);
  });

  it('in words have their number and what they grow like, where known', () => {
    expect(waitsInWords([])).toBe('');
    expect(waitsInWords([100])).toBe('after 100 ms');
    expect(waitsInWords([100, 250])).toBe('after 100 ms, 250 ms: growing');
  });
});
