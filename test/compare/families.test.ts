import { describe, expect, test } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { compareProfiles } from '../../src/compare/compare.ts';
import type { Finding } from '../../src/compare/finding.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import { call } from '../support/calls.ts';

type Traffic = (i: number) => Call[];

function profile(traffic: Traffic, count = 200) {
  const profiler = new Profiler();
  const calls = Array.from({ length: count }, (_, i) => traffic(i)).flat();
  for (const one of calls.sort((a, b) => a.ts - b.ts)) profiler.push({ kind: 'call', call: one });
  return profiler.finish();
}

function findings(before: Traffic, after: Traffic, count?: number): readonly Finding[] {
  return compareProfiles(profile(before), profile(after, count), { minSamples: 20 }).findings;
}

/** One request a tenth of a second, answered by `make`. */
function simple(make: (i: number) => Partial<Call>): Traffic {
  return (i) => [
    call({ id: `n/${i}`, ts: 1_000_000 + i * 100, to: 'orders', path: '/api/orders', ...make(i) }),
  ];
}

/** Twelve services that answer a request each, a tenth of a second apart. */
function services(make: (i: number, k: number) => Partial<Call>): Traffic {
  return (i) =>
    Array.from({ length: 12 }, (_, k) =>
      call({
        id: `n/${i}/${k}`,
        ts: 1_000_000 + i * 100,
        to: `service${k}`,
        path: '/work',
        port: 10_000 + 12 * i + k,
        ...make(i, k),
      }),
    );
}

/** Latencies between 20 and 60 ms that look random and repeat. */
function latency(i: number): number {
  return 20 + ((i * 7919) % 400) / 10;
}

describe('error statuses', () => {
  const fine = simple((i) => ({ latency: latency(i) }));

  test('a new 500 in one call of ten breaks, with the calls as evidence', () => {
    const found = findings(
      fine,
      simple((i) => ({ latency: latency(i), status: i % 10 ? '200' : '500' })),
    );
    expect(found).toMatchObject([
      {
        rule: 'error.new-status',
        severity: 'breaking',
        operation: 'orders GET /api/orders',
        baseline: 0,
        candidate: 20,
        samples: { baseline: 200, candidate: 200 },
      },
    ]);
    expect(found[0]?.evidence.every(({ callId }) => Number(callId.slice(2)) % 10 === 0)).toBe(true);
  });

  test('one new 500 of two hundred is a warning', () => {
    const once = simple((i) => ({ latency: latency(i), status: i === 7 ? '500' : '200' }));
    expect(findings(fine, once)).toMatchObject([{ rule: 'error.new-status', severity: 'warning' }]);
  });

  test('errors in one burst are told as such and do not break', () => {
    const burst = (from: number, calls: number) =>
      simple((i) => ({
        latency: latency(i),
        status: i >= from && i < from + calls ? '503' : '200',
      }));
    expect(findings(burst(20, 4), burst(90, 14))).toMatchObject([
      {
        rule: 'error.rate-increased',
        severity: 'warning',
        summary: expect.stringContaining('bursts'),
      },
    ]);
  });

  test('a status never seen before weighs less where such statuses hide everywhere', () => {
    const system = (share: number, changed: number) =>
      services((i, k) => {
        const fails = k === 0 ? i % 12 < changed : (i * 7 + k) % 40 < 40 * share;
        return { latency: latency(i + k), status: fails ? '500' : '200' };
      });
    const severity = (share: number) =>
      compareProfiles(profile(system(share, 0), 60), profile(system(share, 1), 60), {
        minSamples: 20,
      }).findings.find(({ operation }) => operation === 'service0 GET /work')?.severity;
    expect(severity(0)).toBe('breaking');
    expect(severity(0.05)).toBe('warning');
  });

  test('a client error never seen before breaks only where it is frequent', () => {
    const rejected = (one: number) =>
      simple((i) => ({ latency: latency(i), status: i % one ? '200' : '422' }));
    expect(findings(fine, rejected(4))[0]?.severity).toBe('breaking');
    expect(findings(fine, rejected(25))[0]?.severity).toBe('warning');
  });

  test('a server error that became much more frequent breaks, a client error warns below a tenth of the calls', () => {
    const share = (status: string, one: number) =>
      simple((i) => ({ latency: latency(i), status: i % one ? '200' : status }));
    expect(findings(share('503', 50), share('503', 5))).toMatchObject([
      { rule: 'error.rate-increased', severity: 'breaking' },
    ]);
    expect(findings(share('404', 50), share('404', 12))).toMatchObject([
      { rule: 'error.rate-increased', severity: 'warning' },
    ]);
  });

  test('a rare status that doubles by chance is nothing', () => {
    const rare = (calls: readonly number[]) =>
      simple((i) => ({ latency: latency(i), status: calls.includes(i) ? '409' : '200' }));
    expect(findings(rare([3, 90]), rare([5, 40, 99, 150]))).toEqual([]);
  });

  test('gRPC statuses count by their own codes', () => {
    const grpc = (status: (i: number) => string) =>
      simple((i) => ({
        latency: latency(i),
        protocol: 'grpc',
        method: 'POST',
        path: '/shop.Orders/Get',
        status: status(i),
      }));
    const found = findings(
      grpc(() => '0'),
      grpc((i) => (i % 4 ? '0' : '14')),
    );
    expect(found[0]).toMatchObject({ rule: 'error.new-status', severity: 'breaking' });
  });
});

describe('latency', () => {
  const slow = (factor: number) => simple((i) => ({ latency: latency(i) * factor }));

  test('four times the P95 breaks, with an interval that holds the factor', () => {
    const [found, ...more] = findings(slow(1), slow(4));
    expect(more).toEqual([]);
    expect(found).toMatchObject({ rule: 'latency.p95-increased', category: 'performance' });
    expect(found?.interval?.low).toBeLessThan(4);
    expect(found?.interval?.high).toBeGreaterThan(4);
    expect(found?.evidence[0]?.note).toMatch(/ ms$/);
  });

  test('a tail in one call of twelve is seen', () => {
    const tail = simple((i) => ({ latency: i % 12 ? latency(i) : 400 }));
    expect(findings(slow(1), tail)[0]?.rule).toBe('latency.p95-increased');
  });

  test('what got slower while everything got slower is judged beyond that', () => {
    const system = (all: number, one: number) =>
      services((i, k) => ({ latency: latency(i + k) * all * (k === 0 ? one : 1) }));
    const slower = findings(system(1, 1), system(1.2, 1.6)).filter(
      ({ severity }) => severity === 'breaking',
    );
    expect(slower).toMatchObject([
      { operation: 'service0 GET /work', summary: expect.stringContaining('Most operations') },
    ]);
    const timer = findings(system(1, 1), system(0.6, 1 / 0.6));
    expect(timer.filter(({ severity }) => severity === 'breaking')).toEqual([]);
  });

  test('faster, a tenth slower, or slower by less than five milliseconds is nothing', () => {
    expect(findings(slow(1), slow(0.2))).toEqual([]);
    expect(findings(slow(1), slow(1.1))).toEqual([]);
    expect(findings(slow(0.02), slow(0.1))).toEqual([]);
  });

  test('twelve calls never break, and the words say what could not be seen', () => {
    const few = compareProfiles(profile(slow(1), 12), profile(slow(4), 12), { minSamples: 10 });
    expect(few.findings).toEqual([]);
    expect(few.coverage.notChecked.map(({ reason }) => reason)).toContainEqual(
      expect.stringMatching(/^12 calls; .*P95 change.* could not be seen$/),
    );
  });

  test('what slows every operation alike is told once, as a warning', () => {
    const many = (factor: number) => services((i, k) => ({ latency: latency(i + k) * factor }));
    expect(findings(many(1), many(1.8))).toMatchObject([
      { rule: 'latency.everywhere', severity: 'warning' },
    ]);
  });
});

describe('one cause, one finding', () => {
  const chain =
    (below: (i: number) => Partial<Call>): Traffic =>
    (i) => {
      const ts = 1_000_000 + i * 500;
      const given = below(i);
      const own = { status: given.status ?? '200', latency: (given.latency ?? latency(i)) + 6 };
      return [
        call({ id: `a/${i}`, ts, to: 'gateway', path: '/api/orders', port: 20_000 + i, ...own }),
        call({
          id: `b/${i}`,
          ts: ts + 3,
          from: 'gateway',
          to: 'orders',
          path: '/orders',
          port: 30_000 + i,
          latency: latency(i),
          ...given,
        }),
      ];
    };

  test.each([
    ['an error', (i: number) => ({ status: i % 5 ? '200' : '503' }), 'error.new-status'],
    ['a latency', (i: number) => ({ latency: latency(i) * 4 }), 'latency.p95-increased'],
  ])('%s of the callee is not the caller’s too', (_, below, rule) => {
    const found = findings(
      chain(() => ({})),
      chain(below),
    );
    expect(
      found.map(({ severity, operation, causedBy }) => [severity, operation, causedBy]),
    ).toEqual([
      ['breaking', 'orders GET /orders', undefined],
      ['info', 'gateway GET /api/orders', expect.stringContaining(`${rule} orders GET /orders`)],
    ]);
  });
});

test('an operation that is not called any more is told', () => {
  const both: Traffic = (i) => [
    ...simple(() => ({ latency: latency(i) }))(i),
    call({ id: `m/${i}`, ts: 1_000_050 + i * 100, to: 'orders', path: '/api/refunds', latency: 9 }),
  ];
  const found = findings(
    both,
    simple((i) => ({ latency: latency(i) })),
  );
  expect(found).toMatchObject([
    { rule: 'coverage.not-exercised', severity: 'info', operation: 'orders GET /api/refunds' },
  ]);
});

describe('what is neither a break nor cleared', () => {
  const fine = simple((i) => ({ latency: latency(i) }));
  const failing = (calls: number) =>
    simple((i) => ({ latency: latency(i), status: i % Math.ceil(200 / calls) ? '200' : '500' }));
  const told = (calls: number) =>
    findings(fine, failing(calls)).map(({ severity, undecided }) => [
      severity,
      undecided !== undefined,
    ]);

  test('a new server error in a few calls keeps a PASS from being given, in more it breaks', () => {
    expect(told(3)).toEqual([['warning', true]]);
    expect(told(20)).toEqual([['breaking', false]]);
    expect(told(1)).toEqual([['warning', false]]);
  });
});

describe('the size of a payload', () => {
  const sized = (size: (i: number) => number) =>
    simple((i) => ({ responseSize: size(i) + (i % 9) * 100, requestSize: 200 }));
  const told = (before: (i: number) => number, after: (i: number) => number) =>
    findings(sized(before), sized(after))
      .filter(({ rule }) => rule === 'payload.size-increased')
      .map(({ severity, path, summary }) => `${severity} ${path}: ${summary}`);
  const flat = () => 3000;

  test('that is many times what it was breaks', () => {
    expect(told(flat, () => 30_000)).toEqual([
      'breaking response 200 size: The middle size of response 200 rose from 3.31 kB to 29.8 kB (9.01×).',
    ]);
  });

  test('that grew with its data, is small, or was as large at times, does not', () => {
    expect(told(flat, () => 12_000)).toEqual([]);
    expect(
      told(
        () => 300,
        () => 6000,
      ),
    ).toEqual([]);
    expect(told(flat, (i) => (i % 3 ? 3000 : 90_000))).toEqual([]);
    expect(
      told(
        (i) => (i % 3 ? 3000 : 30_000),
        () => 30_000,
      )[0],
    ).toMatch(/^warning/);
  });
});
