import { describe, expect, test } from 'vitest';
import { compareProfiles } from '../../../src/compare/compare.ts';
import type { Finding } from '../../../src/compare/finding.ts';
import { Profiler } from '../../../src/profile/profiler.ts';
import { type Plan, type Step, simulate, type TrafficOptions } from '../../graph/traffic.ts';

const AUTH = { accept: 'application/json', authorization: 'Bearer t' };
const audit: Step = { to: 'audit POST /events' };
const charge: Step = { to: 'payment POST /charge', headers: AUTH };
const refund: Step = { to: 'payment POST /refund', headers: AUTH };
const select: Step = { to: 'db QUERY SELECT_name_FROM_carts' };

/** Orders are placed three times as often as they are cancelled. */
function profileOf(
  place: readonly Step[],
  cancel: readonly Step[],
  seed: number,
  more?: Partial<TrafficOptions>,
) {
  const plan: Plan = {
    'orders POST /orders': { work: 4, steps: place },
    'orders DELETE /orders': { work: 4, steps: cancel },
  };
  const { calls } = simulate({
    plan,
    entries: [
      'orders POST /orders',
      'orders POST /orders',
      'orders POST /orders',
      'orders DELETE /orders',
    ],
    requests: 400,
    every: 60,
    seed,
    protocols: { db: 'postgresql' },
    ...more,
  });
  const profiler = new Profiler();
  for (const call of calls) profiler.push({ kind: 'call', call });
  return profiler.finish();
}

function findings(
  before: readonly [readonly Step[], readonly Step[]],
  after: readonly [readonly Step[], readonly Step[]],
  more?: Partial<TrafficOptions>,
): readonly Finding[] {
  const base = profileOf(...before, 1);
  return compareProfiles(base, profileOf(...after, 2, more), { minSamples: 20 }).findings;
}

const told = (all: readonly Finding[]) =>
  all
    .filter(({ rule }) => rule.startsWith('call.') || rule.startsWith('header.'))
    .map(({ severity, rule, operation, path }) => `${severity} ${rule} ${operation}: ${path}`);
const causes = (all: readonly Finding[]) =>
  new Set(all.flatMap(({ causedBy }) => (causedBy === undefined ? [] : [causedBy])));

describe('the same change at several operations', () => {
  test('is one finding, where most calls show it', () => {
    const found = findings(
      [
        [charge, audit],
        [refund, audit],
      ],
      [[charge], [refund]],
    );
    expect(told(found)).toEqual([
      'breaking call.missing orders POST /orders: audit POST /events',
      'info call.missing orders DELETE /orders: audit POST /events',
    ]);
    expect(causes(found)).toEqual(new Set(['call.missing orders POST /orders audit POST /events']));
  });

  test('is two findings where one operation calls more and the other less', () => {
    const twice = { ...audit, times: 3 };
    const found = findings([[audit], [twice]], [[twice], [audit]]);
    expect(found.filter(({ severity }) => severity === 'breaking')).toHaveLength(2);
  });

  test('a new destination is found at the operation, however little background work calls it too', () => {
    const pixel: Step = { to: 'tracker GET /pixel' };
    const background = [{ from: 'orders', to: 'tracker GET /pixel', every: 900 }];
    const found = findings([[charge], [refund]], [[charge, pixel], [refund]], { background });
    expect(told(found).slice(0, 1)).toEqual([
      'breaking call.new-destination orders POST /orders: tracker GET /pixel',
    ]);
    expect(found.filter(({ severity }) => severity === 'breaking')).toHaveLength(1);
  });
});

test('a credential that one workload no longer sends to another is one finding', () => {
  const bare = (step: Step) => ({ ...step, headers: { accept: 'application/json' } });
  const found = findings([[charge], [refund]], [[bare(charge)], [bare(refund)]]);
  const breaking = found.filter(({ severity }) => severity === 'breaking');
  expect(told(breaking)).toEqual([
    'breaking call.auth-missing orders POST /orders: payment POST /charge',
  ]);
  const leader = 'call.auth-missing orders POST /orders payment POST /charge';
  expect(causes(found)).toEqual(new Set([leader]));
  expect(told(found)).toContain(
    'info header.removed payment POST /refund: request header authorization',
  );
});

describe('statements that came and went at one store', () => {
  const other = (i: number): Step => ({ to: `db QUERY SELECT_price_FROM_items${i}` });

  test('are another number of calls, with the statements under it', () => {
    const found = findings([[select], [refund]], [[other(1), other(2), other(3)], [refund]]);
    const [count, ...statements] = found.filter(({ rule }) => rule.startsWith('call.'));
    expect(count).toMatchObject({
      rule: 'call.count-changed',
      severity: 'breaking',
      operation: 'orders POST /orders',
      path: 'db',
      baseline: 1,
      candidate: 3,
      effect: 2,
      chain: ['orders POST /orders', 'db'],
    });
    expect(count?.interval?.low).toBeGreaterThan(1.5);
    expect(statements.length).toBeGreaterThanOrEqual(4);
    for (const { severity, causedBy } of statements) {
      expect(severity).toBe('info');
      expect(causedBy).toBe('call.count-changed orders POST /orders db');
    }
  });

  test('are a warning where one reading took the place of another', () => {
    const found = findings([[select], [refund]], [[other(1)], [refund]]);
    expect(new Set(found.map(({ severity }) => severity))).not.toContain('breaking');
    expect(told(found).filter((line) => line.startsWith('warning'))).toHaveLength(1);
    expect(causes(found).size).toBe(1);
  });
});

describe('an operation that makes more calls', () => {
  const many: Step = { ...select, times: 12 };
  const latencies = (all: readonly Finding[]) =>
    all.filter(({ operation, rule }) => {
      return operation === 'orders POST /orders' && rule.startsWith('latency.');
    });

  test('takes longer for them: that is no second finding', () => {
    const all = findings([[select], [audit]], [[many], [audit]]);
    const [cause] = all.filter(({ rule }) => rule === 'call.count-changed');
    expect(cause?.severity).toBe('breaking');
    const slower = latencies(all);
    expect(slower.length).toBe(1);
    expect(slower[0]).toMatchObject({
      severity: 'info',
      causedBy: expect.stringMatching(/^call\.count-changed /),
    });
  });

  test('but working longer itself is one', () => {
    const quick = profileOf([select], [audit], 1);
    const { calls } = simulate({
      plan: {
        'orders POST /orders': { work: 60, steps: [many] },
        'orders DELETE /orders': { work: 4, steps: [audit] },
      },
      entries: ['orders POST /orders', 'orders DELETE /orders'],
      requests: 400,
      every: 120,
      seed: 2,
      protocols: { db: 'postgresql' },
    });
    const profiler = new Profiler();
    for (const call of calls) profiler.push({ kind: 'call', call });
    const all = compareProfiles(quick, profiler.finish(), { minSamples: 20 }).findings;
    expect(latencies(all)).toMatchObject([{ severity: 'breaking' }]);
  });
});
