import { describe, expect, it } from 'vitest';
import { type Each, findings, type Made, told } from './make.ts';

const always: Made = { to: 'stock GET /k' };
const read: Made = { to: 'stock GET /a' };
const write: Made = { to: 'stock POST /b' };

/** In the first `some` handled calls besides what is always called, `made`. */
const inFirst =
  (some: number, made: Made = read, beside: readonly Made[] = [always]): Each =>
  (i) =>
    i < some ? [...beside, made] : beside;
const only: Each = () => [always];
const repeated =
  (made: Made, times: (i: number) => number): Each =>
  (i) =>
    Array<Made>(times(i)).fill(made);

const words = (...given: Parameters<typeof findings>) =>
  findings(...given).map(({ summary }) => summary);

describe('calls to a callee', () => {
  it.each<[string, Each, Each, string, string]>([
    [
      'that come',
      only,
      inFirst(100),
      'breaking call.extra stock GET /a',
      'Now calls stock GET /a (in 100 % of 100 handled calls); never in 100 before.',
    ],
    [
      'that come and write',
      only,
      inFirst(100, write),
      'breaking call.mutation-added stock POST /b',
      'Now calls stock POST /b (in 100 % of 100 handled calls); never in 100 before.',
    ],
    [
      'that go',
      inFirst(100),
      only,
      'breaking call.missing stock GET /a',
      'No longer calls stock GET /a (in 100 % of 100 handled calls before); never in 100 now.',
    ],
    [
      'that are left out at times',
      inFirst(95),
      inFirst(70),
      'breaking call.missing stock GET /a',
      'Calls stock GET /a in only 70 % of 100 handled calls; before in 95 % of 100.',
    ],
    [
      'that are always made',
      inFirst(70),
      inFirst(95),
      'breaking call.count-changed stock GET /a',
      'Calls stock GET /a in 95 % of 100 handled calls; before in 70 % of 100.',
    ],
    [
      'that are many more',
      repeated(read, () => 1),
      repeated(read, () => 3),
      'breaking call.count-changed stock GET /a',
      'Calls stock GET /a 3× as often: 1 → 3 calls a handled call.',
    ],
    [
      'that are twice as many, where links give one call what they take from another',
      repeated(read, (i) => (i % 6 === 0 ? 0 : i % 6 === 1 ? 2 : 1)),
      repeated(read, (i) => (i % 5 === 0 ? 1 : i % 5 === 1 ? 3 : 2)),
      'breaking call.count-changed stock GET /a',
      'Calls stock GET /a 2× as often: 1 → 2 calls a handled call.',
    ],
    [
      'that are left out by half, where links give one call what they take from another',
      repeated(read, (i) => (i % 6 === 0 ? 0 : i % 6 === 1 ? 2 : 1)),
      inFirst(50, read, []),
      'breaking call.missing stock GET /a',
      'Calls stock GET /a in only 50 % of 100 handled calls; before in 83 % of 100.',
    ],
    [
      'that are fewer',
      repeated(read, () => 3),
      repeated(read, () => 1),
      'warning call.count-changed stock GET /a',
      'Calls stock GET /a 0.333× as often: 3 → 1 calls a handled call.',
    ],
    [
      'that write and are fewer',
      repeated(write, () => 3),
      repeated(write, () => 1),
      'breaking call.count-changed stock POST /b',
      'Calls stock POST /b 0.333× as often: 3 → 1 calls a handled call.',
    ],
    [
      'of which there are more on average only',
      repeated(read, (i) => 1 + (i % 3)),
      repeated(read, (i) => 1 + (i % 6)),
      'warning call.count-changed stock GET /a',
      'Calls stock GET /a more often: 1.99 → 3.46 calls a handled call; the mix of the traffic may explain it.',
    ],
    [
      'made by a smaller share',
      inFirst(65),
      inFirst(20),
      'warning call.count-changed stock GET /a',
      'Calls stock GET /a less often: 0.65 → 0.2 calls a handled call; the mix of the traffic may explain it.',
    ],
  ])('%s', (_, before, after, line, summary) => {
    expect(told(before, after)).toEqual([line]);
    expect(words(before, after)).toEqual([summary]);
  });

  it.each<[string, Each, Each]>([
    ['that leave always by little', inFirst(100), inFirst(88)],
    ['that were not quite always made', inFirst(94), inFirst(70)],
    ['made by less than three times the share', inFirst(20), inFirst(59)],
    ['that come in a few handled calls', only, inFirst(5)],
    [
      'that are twice as many at times, where not always made',
      inFirst(94),
      (i) => (i < 95 ? [always, ...Array<Made>(i % 2 ? 3 : 1).fill(read)] : [always]),
    ],
    [
      'that are twice as many at times, where not always as many',
      (i) => (i < 95 ? [always, ...Array<Made>(i % 8 ? 2 : 1).fill(read)] : [always]),
      (i) => (i < 94 ? [always, ...Array<Made>(i % 2 ? 3 : 2).fill(read)] : [always]),
    ],
  ])('%s are no finding', (_, before, after) => {
    expect(told(before, after)).toEqual([]);
  });

  it('that were always as many are told where they are a seventh more or less', () => {
    const line = ['warning call.count-changed stock GET /a'];
    const [all, size] = [inFirst(300), [300, 300] as const];
    expect(told(inFirst(100), inFirst(71))).toEqual(line);
    expect(told(all, inFirst(255), size)).toEqual(line);
    expect(told(all, inFirst(265), size)).toEqual([]);
    const more =
      (times: number): Each =>
      (i) => [always, ...Array<Made>(i < times ? 2 : 1).fill(read)];
    expect(told(all, more(60), size)).toEqual(line);
    expect(told(all, more(40), size)).toEqual([]);
  });

  it('that are always made are more from half as many again, others from three times', () => {
    const some: Each = (i) =>
      i < 95 ? [always, ...Array<Made>(i % 2 ? 3 : 1).fill(read)] : [always];
    expect(told(inFirst(95), some)).toEqual(['warning call.count-changed stock GET /a']);
    expect(told(inFirst(75), inFirst(25))).toEqual(['warning call.count-changed stock GET /a']);
    expect(told(inFirst(40), inFirst(139), [1000, 1000])).toEqual([]);
    expect(told(inFirst(40), inFirst(145), [1000, 1000])).toHaveLength(1);
  });

  it('are counted where ten handled calls make any', () => {
    const thrice: Each = (i) => (i < 300 ? [always, read, read, read] : [always]);
    const severity = (some: number) => findings(inFirst(some), thrice, [400, 400])[0]?.severity;
    expect([severity(9), severity(10)]).toEqual(['warning', 'breaking']);
    const summary = (some: number) => words(thrice, inFirst(some), [400, 400])[0];
    expect(summary(10)).toMatch(/^Calls stock GET \/a 0\.0111× as often: /);
    expect(summary(9)).toMatch(/^Calls stock GET \/a less often: /);
  });

  it('that come are told from five on', () => {
    expect(told(only, inFirst(4), [2000, 50])).toEqual([]);
    expect(told(only, inFirst(5), [2000, 50])).toEqual(['breaking call.extra stock GET /a']);
  });

  it('are shown by handled calls that make the usual number of them', () => {
    const mixed: Each = (i) => Array<Made>(i < 70 ? 2 : 5).fill(read);
    const [gone] = findings(mixed, only);
    const usual = gone?.evidence.filter(({ note }) => note === 'makes 2 such calls') ?? [];
    expect(usual).toHaveLength(2);
    for (const { callId } of usual) expect(Number(callId.slice(2))).toBeLessThan(70);
    const many = findings(
      repeated(read, () => 40),
      only,
    ).find(({ path }) => path === 'stock GET /a');
    expect(many?.baseline).toBe(40);
    expect(many?.evidence[0]?.note).toBe('makes 32 such calls');
  });

  it('that were rare and went are a warning, from a tenth of the handled calls on a break', () => {
    expect(told(inFirst(9), only, [100, 300])).toEqual(['warning call.missing stock GET /a']);
    expect(told(inFirst(10), only, [100, 300])).toEqual(['breaking call.missing stock GET /a']);
  });

  it('are told with both rates, what lies between them, and calls of both sides', () => {
    const [found] = findings(
      repeated(read, () => 1),
      repeated(read, () => 3),
    );
    expect(found).toMatchObject({
      category: 'behaviour',
      baseline: 1,
      candidate: 3,
      effect: 3,
      samples: { baseline: 100, candidate: 100 },
      chain: ['orders POST /orders', 'stock GET /a'],
    });
    expect(found?.interval?.low).toBeCloseTo(2.79, 1);
    expect(found?.interval?.high).toBeCloseTo(3.22, 1);
    expect(found?.evidence.map(({ side, note }) => `${side}: ${note}`)).toEqual([
      'baseline: makes 1 such call',
      'baseline: makes 1 such call',
      'baseline: the call made',
      'baseline: the call made',
      'candidate: makes 3 such calls',
      'candidate: makes 3 such calls',
      'candidate: the call made',
      'candidate: the call made',
    ]);
    expect(found?.evidence.slice(0, 3).map(({ callId }) => callId)).toEqual([
      expect.stringMatching(/^b\/\d+$/),
      expect.stringMatching(/^b\/\d+$/),
      expect.stringMatching(/^b\/\d+\/0$/),
    ]);
    const thrice = repeated(read, () => 3);
    expect(
      findings(
        thrice,
        repeated(read, () => 1),
      )[0]?.effect,
    ).toBe(0.3333);
    const [gone] = findings(inFirst(100), only);
    expect(gone).toMatchObject({ category: 'missing-call', baseline: 1, candidate: 0, effect: -1 });
    expect(findings(only, inFirst(100))[0]?.category).toBe('extra-call');
  });

  it('break only where it is known which call caused which', () => {
    const unsure = (confidence: number) => inFirst(100, { ...read, confidence });
    expect(told(only, unsure(0.75))).toEqual(['breaking call.extra stock GET /a']);
    expect(words(only, unsure(0.75))[0]).not.toContain('unsure');
    expect(told(only, unsure(0.74))).toEqual(['warning call.extra stock GET /a']);
    expect(words(only, unsure(0.74))[0]).toMatch(
      / never in 100 before\. Which call caused which is unsure here \(74 %\)\.$/,
    );
    expect(told(unsure(0.7), only)).toEqual(['warning call.missing stock GET /a']);
  });

  it('that are few and unsure may be calls of others: they neither came nor went', () => {
    const stray = (some: number, confidence: number) => inFirst(some, { ...read, confidence });
    const counts = [400, 400] as const;
    expect(told(only, stray(20, 0.79), counts)).toEqual([]);
    expect(told(only, stray(20, 0.8), counts)).toEqual(['breaking call.extra stock GET /a']);
    expect(told(only, stray(21, 0.79), counts)).toEqual(['breaking call.extra stock GET /a']);
    expect(told(stray(20, 0.7), inFirst(400), counts)).toEqual(['warning call.extra stock GET /a']);
  });
});
