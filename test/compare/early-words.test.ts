import { describe, expect, it } from 'vitest';
import { EarlyFindings } from '../../src/compare/early.ts';
import type { Finding } from '../../src/compare/finding.ts';
import { errorRise, sequentialRegressions } from '../../src/compare/sequential.ts';
import { findingOf } from '../../src/compare/sequential-finding.ts';
import { finding } from '../support/judgements.ts';
import { namer } from './calls/make.ts';
import { operationPair, statsOf } from './view/make.ts';

const pair = (base: ReturnType<typeof statsOf>, cand: ReturnType<typeof statsOf>) =>
  operationPair('orders GET /a', base, cand);
/** Of `count` calls, so many by status. */
const ended = (count: number, statuses: Readonly<Record<string, number>>) => {
  const list = Object.entries(statuses).flatMap(([status, n]) => Array<string>(n).fill(status));
  return statsOf(count, (i) => ({ status: list[i] ?? '200' }));
};

describe('errors that are certain while the window runs', () => {
  const evidence = 7 * Math.LN10;
  const told = (
    before: Readonly<Record<string, number>>,
    after: Readonly<Record<string, number>>,
  ) => findingOf({ kind: 'errors', evidence, pair: pair(ended(100, before), ended(50, after)) });

  it('are told with what ended so, before and now, and how certain it is', () => {
    expect(told({ '500': 2 }, { '500': 6, '503': 4 })).toMatchObject({
      rule: 'error.rate-increased',
      category: 'new-error',
      severity: 'breaking',
      operation: 'orders GET /a',
      path: 'server errors',
      summary:
        'Errors of the server (500, 503) rose from 2.0 % (2 of 100) to 20 % (10 of 50). Certain after 50 calls, while the window still ran (e-value 10^7).',
      baseline: 2,
      candidate: 10,
      effect: expect.closeTo(0.18),
      interval: { low: expect.closeTo(0.079, 2), high: expect.closeTo(0.31, 1), level: 0.95 },
      samples: { baseline: 100, candidate: 50 },
    });
  });

  it('are new where there were none, and named where they are one', () => {
    const found = told({}, { '500': 9 });
    expect(found).toMatchObject({ rule: 'error.new-status', path: 'status 500', baseline: 0 });
    expect(found.evidence).toHaveLength(3);
    for (const one of found.evidence) expect(one).toMatchObject({ side: 'candidate', note: '500' });
  });
});

describe('latencies that are certain while the window runs', () => {
  const timed = (usual: number, slow: number) =>
    statsOf(40, (i) => ({ latency: i % 10 ? usual : slow }));
  const told = (base: ReturnType<typeof timed>, cand: ReturnType<typeof timed>) =>
    findingOf({ kind: 'latency', evidence: 3.45 * Math.LN10, pair: pair(base, cand) });

  it('are told of the P95 where that rose, else of the median', () => {
    const found = told(timed(20, 20), timed(60, 60));
    expect(found.rule).toBe('latency.p95-increased');
    expect(found.summary).toMatch(
      /^P95 rose from [\d.]+ ms to [\d.]+ ms \([\d.]+×\)\. Certain after 40 calls, while the window still ran \(e-value 10\^3\.[45]\)\.$/,
    );
    expect(told(timed(20, 300), timed(60, 300)).rule).toBe('latency.p50-increased');
    expect(told(timed(20, 300), timed(60, 370)).rule).toBe('latency.p50-increased');
    expect(told(timed(20, 300), timed(60, 400)).rule).toBe('latency.p95-increased');
  });
});

it('slower calls are beyond doubt from eight of forty on', () => {
  const base = statsOf(200, (i) => ({ latency: 20 + (i % 9) }));
  const slow = (some: number) =>
    statsOf(40, (i) => ({ latency: i % 5 === 0 && i < 5 * some ? 60 : 20 + (i % 9) }));
  const found = (some: number) =>
    sequentialRegressions([pair(base, slow(some))]).map(({ kind }) => kind);
  expect([found(7), found(8)]).toEqual([[], ['latency']]);
});

describe('more errors are beyond doubt', () => {
  it('from five on, where the share rose, and by more than harmless runs differ', () => {
    const few = (k: number) => errorRise({ some: 0, all: 1_000_000 }, { some: k, all: 5 }, 1);
    expect([few(4) === undefined, few(5) === undefined]).toEqual([true, false]);
    expect(errorRise({ some: 500, all: 1000 }, { some: 50, all: 100 }, 1)).toBeUndefined();
    expect(errorRise({ some: 10, all: 1000 }, { some: 40, all: 100 }, 1)).toBeGreaterThan(
      Math.log(1 / 0.002),
    );
    expect(errorRise({ some: 10, all: 1000 }, { some: 40, all: 100 }, 1e40)).toBeUndefined();
    expect(errorRise({ some: 10, all: 1000 }, { some: 40, all: 100 }, 1, 0.6)).toBeUndefined();
    const large = (k: number) =>
      errorRise({ some: 100_000, all: 1_000_000 }, { some: k, all: 100_000 }, 1);
    expect([large(16_000) === undefined, large(20_000) === undefined]).toEqual([true, false]);
    const small = (k: number) =>
      errorRise({ some: 1000, all: 1_000_000 }, { some: k, all: 100_000 }, 1);
    expect([small(1200) === undefined, small(1700) === undefined]).toEqual([true, false]);
  });
});

describe('a look at what still runs', () => {
  const nothing = { pairs: [], name: namer };
  const look = (early: EarlyFindings, ...findings: readonly Finding[]) =>
    early.look({ findings, pairing: nothing } as unknown as Parameters<EarlyFindings['look']>[0]);
  const at = (rule: Finding['rule'], candidate: number, given: Partial<Finding> = {}) =>
    finding({ rule, samples: { baseline: 90, candidate }, ...given });
  const seen = (rule: Finding['rule'], ...samples: readonly number[]) => {
    const early = new EarlyFindings([]);
    return samples.map((candidate) => look(early, at(rule, candidate))[0]?.severity);
  };

  it.each([
    'schema.field-removed',
    'header.removed',
    'error.new-code',
    'call.new-destination',
  ] as const)('calls %s a break when it lasts for twice its calls', (rule) => {
    expect(seen(rule, 20, 39, 40)).toEqual(['warning', 'warning', 'breaking']);
  });

  it.each(['call.missing', 'call.new-destinations', 'latency.p95-increased', 'error.new-status'])(
    'leaves %s to the end',
    (rule) => {
      expect(seen(rule as Finding['rule'], 20, 40, 80)).toEqual(['warning', 'warning', 'warning']);
    },
  );

  it('says why it waits, and weakens what weighs less, too', () => {
    const [waits] = look(new EarlyFindings([]), at('call.missing', 20));
    expect(waits).toMatchObject({
      weakened: 'unfinished',
      summary: expect.stringMatching(/\. Not certain yet: the window still ran\.$/),
    });
    const told = at('call.missing', 20, { severity: 'info' });
    expect(look(new EarlyFindings([]), told)).toEqual([{ ...told, weakened: 'unfinished' }]);
  });

  it('begins anew with what was gone, or weighed less, in between', () => {
    const early = new EarlyFindings([]);
    const rule = 'schema.field-removed';
    look(early, at(rule, 20));
    look(early);
    expect(look(early, at(rule, 40))[0]?.severity).toBe('warning');
    look(early, at(rule, 60, { severity: 'warning' }));
    expect(look(early, at(rule, 80))[0]?.severity).toBe('warning');
    expect(look(early, at(rule, 160))[0]?.severity).toBe('breaking');
  });

  it('has what is certain in place of what the comparison says of it, worst first', () => {
    const slow = statsOf(200, (i) => ({ latency: 60 + (i % 9) }));
    const quick = statsOf(200, (i) => ({ latency: 20 + (i % 9) }));
    const pairs = [operationPair('orders GET /a', quick, slow)];
    const of = (rule: Finding['rule'], operation: string) =>
      at(rule, 200, { operation, category: 'performance', path: 'P50' });
    const given = [
      at('call.missing', 20),
      of('latency.p50-increased', 'orders GET /a'),
      of('latency.p50-increased', 'else GET /'),
    ];
    const comparison = { findings: given, pairing: { pairs, name: namer } };
    const early = new EarlyFindings([]);
    const found = early.look(comparison as unknown as Parameters<EarlyFindings['look']>[0]);
    expect(
      found.map(({ severity, rule, operation }) => `${severity} ${rule} ${operation}`),
    ).toEqual([
      'breaking latency.p95-increased orders GET /a',
      'warning latency.p50-increased else GET /',
      'warning call.missing orders GET /api/orders/{id}',
    ]);
  });
});
