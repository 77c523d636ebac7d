import { describe, expect, it } from 'vitest';
import { type Each, findings, type Made } from './make.ts';

const a: Made = { to: 'a GET /' };
const b: Made = { to: 'b GET /' };
const c: Made = { to: 'c GET /' };

/** `made`, or in the last `others` of 100 handled calls what those make. */
const but =
  (made: readonly Made[], others: number, theirs: readonly Made[]): Each =>
  (i) =>
    i < 100 - others ? made : theirs;

const paths = (...given: Parameters<typeof findings>) => findings(...given).map(({ path }) => path);
const SWAPPED = ['b GET / before a GET /'];

describe('two calls in the other order', () => {
  it('are one finding, with both orders, their shares and handled calls of both sides', () => {
    const [found, ...more] = findings(
      () => [a, b],
      () => [b, a],
    );
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      rule: 'call.order-changed',
      category: 'behaviour',
      severity: 'breaking',
      path: 'b GET / before a GET /',
      summary:
        'Calls b GET / before a GET / in 100 % of 100 handled calls; before, a GET / came first in 100 % of 100.',
      baseline: 'a GET /, b GET /',
      candidate: 'b GET /, a GET /',
      effect: 1,
      samples: { baseline: 100, candidate: 100 },
    });
    expect(found?.interval?.low).toBeCloseTo(0.963, 3);
    expect(found?.interval).toMatchObject({ high: 1, level: 0.95 });
    const note = 'a handled call with this order';
    expect(found?.evidence).toEqual([
      ...Array(2).fill({ callId: expect.stringMatching(/^b\/\d+$/), side: 'baseline', note }),
      ...Array(2).fill({ callId: expect.stringMatching(/^c\/\d+$/), side: 'candidate', note }),
    ]);
  });

  it('are told the other way round where they were', () => {
    expect(findings(() => [b, a], but([a, b], 4, [b, a]))).toMatchObject([
      {
        path: 'a GET / before b GET /',
        summary:
          'Calls a GET / before b GET / in 96 % of 100 handled calls; before, b GET / came first in 100 % of 100.',
        baseline: 'b GET /, a GET /',
        candidate: 'a GET /, b GET /',
        effect: 0.96,
      },
    ]);
  });

  it('are a finding where nine of ten kept the order, before and after', () => {
    const usual: Each = () => [a, b];
    const turned: Each = () => [b, a];
    expect(paths(but([a, b], 10, [b, a]), turned)).toEqual(SWAPPED);
    expect(paths(but([a, b], 11, [b, a]), turned)).toEqual([]);
    expect(paths(usual, but([b, a], 10, [a, b]))).toEqual(SWAPPED);
    expect(paths(usual, but([b, a], 11, [a, b]))).toEqual([]);
    const backward = ['a GET / before b GET /'];
    expect(paths(but([b, a], 10, [a, b]), usual)).toEqual(backward);
    expect(paths(but([b, a], 11, [a, b]), usual)).toEqual([]);
    expect(paths(turned, but([a, b], 10, [b, a]))).toEqual(backward);
    expect(paths(turned, but([a, b], 11, [b, a]))).toEqual([]);
  });

  it('are none where they overlap', () => {
    const beside = [
      { ...a, at: 2, latency: 9 },
      { ...b, at: 3, latency: 9 },
    ];
    expect(
      paths(
        () => [b, a],
        () => beside,
      ),
    ).toEqual([]);
    expect(
      paths(
        () => beside,
        () => [b, a],
      ),
    ).toEqual([]);
    expect(paths(() => [a, b], but([b, a], 11, beside))).toEqual([]);
  });

  it('are looked at where enough handled calls made both', () => {
    const few =
      (made: readonly Made[], some: number): Each =>
      (i) =>
        i < some ? made : [c];
    expect(paths(few([a, b], 20), few([b, a], 20))).toEqual(SWAPPED);
    expect(paths(few([a, b], 19), few([b, a], 20))).toEqual([]);
    expect(paths(few([a, b], 20), few([b, a], 19))).toEqual([]);
  });

  it('stand for the other pairs that turned with them, which are counted', () => {
    const summary = (after: readonly Made[]) =>
      findings(
        () => [a, b, c],
        () => after,
      ).map((found) => found.summary.split('.').slice(1).join('.').trim());
    expect(summary([b, a, c])).toEqual(['']);
    expect(summary([b, c, a])).toEqual(['So have 1 other pair of calls.']);
    expect(summary([c, b, a])).toEqual(['So have 2 other pairs of calls.']);
    expect(
      paths(
        () => [c, b, a],
        () => [a, b, c],
      ),
    ).toEqual(['a GET / before b GET /']);
  });
});
