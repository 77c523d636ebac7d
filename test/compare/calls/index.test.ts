import { describe, expect, it } from 'vitest';
import { compareProfiles } from '../../../src/compare/compare.ts';
import type { Finding } from '../../../src/compare/finding.ts';
import type { Profile } from '../../../src/profile/profile.ts';
import { Profiler } from '../../../src/profile/profiler.ts';
import { type Plan, type Step, simulate, type TrafficOptions } from '../../graph/traffic.ts';

const READ = 'orders GET /orders/{id}';
const PLACE = 'orders POST /orders';
const ACCEPT = { accept: 'application/json' };
const AUTH = { ...ACCEPT, authorization: 'Bearer t' };

interface Steps {
  readonly read?: readonly Step[];
  readonly place?: readonly Step[];
}

const stock: Step = { to: 'stock POST /reserve', after: 3, headers: AUTH };
const payment: Step = { to: 'payment POST /charge', after: 3, headers: AUTH };
const insert: Step = { to: 'db INSERT orders' };
const audit: Step = { to: 'audit POST /events' };
const USUAL: Required<Steps> = {
  read: [
    { to: 'cache GET order' },
    { to: 'db SELECT orders', share: 0.2 },
    { to: 'cache SET order', share: 0.2 },
  ],
  place: [stock, payment, insert, audit],
};

const planOf = ({ read = USUAL.read, place = USUAL.place }: Steps): Plan => ({
  'gateway GET /orders/{id}': { work: 2, steps: [{ to: READ }] },
  'gateway POST /orders': { work: 2, steps: [{ to: PLACE }] },
  [READ]: { work: 3, steps: read },
  [PLACE]: { work: 4, steps: place },
  'stock POST /reserve': { work: 3, steps: [{ to: 'db UPDATE stock' }] },
});

function profileOf(steps: Steps, seed: number, options: Partial<TrafficOptions> = {}): Profile {
  const { calls } = simulate({
    plan: planOf(steps),
    entries: ['gateway GET /orders/{id}', 'gateway POST /orders'],
    requests: 250,
    every: 60,
    seed,
    protocols: { cache: 'redis' },
    ...options,
  });
  const profiler = new Profiler();
  for (const call of calls) profiler.push({ kind: 'call', call });
  return profiler.finish();
}

const usual = profileOf({}, 1);

const callFindings = (cand: Profile, base = usual): Finding[] => {
  const { findings } = compareProfiles(base, cand, { minSamples: 20 });
  return findings.filter(({ rule }) => rule.startsWith('call.'));
};
const breaking = (findings: readonly Finding[]) =>
  findings
    .filter(({ severity }) => severity === 'breaking')
    .map(({ rule, operation, path }) => [rule, operation, path]);

describe('the waits between repeats', () => {
  const place = (...retries: readonly number[]): Steps => ({
    place: [stock, { ...payment, retries }, insert, audit],
  });
  const few = { requests: 100 };
  const told = (before: readonly number[], after: readonly number[]) =>
    callFindings(profileOf(place(...after), 2, few), profileOf(place(...before), 1, few))
      .filter(({ rule }) => rule === 'call.back-off-changed')
      .map(({ severity, operation, path }) => [severity, operation, path]);

  it('that no longer grow break', () => {
    expect(told([50, 100, 200], [50, 50, 50])).toEqual([
      ['breaking', PLACE, 'payment POST /charge'],
    ]);
  });

  it('that only shrink warn, and those that stay or grow are nothing', () => {
    expect(told([60, 120], [20, 40])).toEqual([['warning', PLACE, 'payment POST /charge']]);
    expect(told([50, 100, 200], [50, 100, 200])).toEqual([]);
    expect(told([50, 50, 50], [50, 100, 200])).toEqual([]);
  });
});

describe('each regression is found, at the right operation, alone', () => {
  it.each<[string, Steps, Partial<TrafficOptions>, [string, string, string]]>([
    [
      'three queries instead of one',
      { place: [stock, payment, { ...insert, times: 3 }, audit] },
      {},
      ['call.count-changed', PLACE, 'db INSERT /orders'],
    ],
    [
      'a dropped audit call',
      { place: [stock, payment, insert] },
      {},
      ['call.missing', PLACE, 'audit POST /events'],
    ],
    [
      'a new host outside',
      { read: [...USUAL.read, { to: 'tracker.example GET /pixel', share: 0.1 }] },
      { outside: new Set(['tracker.example']) },
      ['call.new-destination', READ, 'tracker.example GET /pixel'],
    ],
    [
      'two calls in the other order',
      { place: [payment, stock, insert, audit] },
      {},
      ['call.order-changed', PLACE, 'payment POST /charge before stock POST /reserve'],
    ],
    [
      'a retry storm',
      { place: [stock, { ...payment, retries: [20, 20] }, insert, audit] },
      {},
      ['call.retries', PLACE, 'payment POST /charge'],
    ],
    [
      'a cache that no longer hits',
      {
        read: [{ to: 'cache GET order' }, { to: 'db SELECT orders' }, { to: 'cache SET order' }],
      },
      {},
      ['call.count-changed', READ, 'db SELECT /orders'],
    ],
    [
      'an added mutation',
      { read: [...USUAL.read, { to: 'db DELETE carts' }] },
      {},
      ['call.mutation-added', READ, 'db DELETE /carts'],
    ],
    [
      'a lost credential',
      { place: [stock, { ...payment, headers: ACCEPT }, insert, audit] },
      {},
      ['call.auth-missing', PLACE, 'payment POST /charge'],
    ],
  ])('%s', (_, steps, options, expected) => {
    const found = breaking(callFindings(profileOf(steps, 2, options)));
    expect(found).toEqual([expected]);
  });
});

describe('what is harmless is no finding', () => {
  it.each<[string, Steps, Partial<TrafficOptions>]>([
    ['the same again', {}, {}],
    ['other pods and ports', {}, { pods: 3, port: 9090 }],
    ['twice the load', {}, { every: 30, requests: 500 }],
    [
      'calls side by side that were one after the other',
      { place: USUAL.place.map((s) => ({ ...s, beside: true })) },
      {},
    ],
    [
      'a cache that hits a little more',
      { read: USUAL.read.map((s) => (s.share ? { ...s, share: 0.1 } : s)) },
      {},
    ],
    [
      'another mix of requests',
      {},
      { entries: ['gateway GET /orders/{id}', 'gateway GET /orders/{id}', 'gateway POST /orders'] },
    ],
  ])('%s', (_, steps, options) => {
    for (const seed of [3, 4]) {
      expect(breaking(callFindings(profileOf(steps, seed, options)))).toEqual([]);
    }
  });

  it('background jobs on another schedule', () => {
    const job = (every: number) => ({
      background: [{ from: 'stock', to: 'feed GET /prices', every }],
    });
    const found = callFindings(profileOf({}, 3, job(300)), profileOf({}, 1, job(900)));
    expect(breaking(found)).toEqual([]);
  });
});

describe('a finding of calls', () => {
  const [finding] = callFindings(profileOf({ place: [stock, payment, insert] }, 2));

  it('carries numbers, an interval, samples, evidence and the chain', () => {
    expect(finding).toMatchObject({
      category: 'missing-call',
      baseline: 1,
      candidate: 0,
      effect: -1,
      samples: { baseline: 125, candidate: 125 },
      chain: ['gateway POST /orders', PLACE, 'audit POST /events'],
    });
    expect(finding?.interval?.high).toBeLessThan(-0.5);
    expect(finding?.evidence.length).toBeGreaterThan(0);
  });

  it('is not made of too few calls, which is said', () => {
    const few = profileOf({ place: [stock, payment, insert] }, 2, { requests: 20 });
    const { findings, coverage } = compareProfiles(usual, few, { minSamples: 20 });
    expect(findings.filter(({ rule }) => rule.startsWith('call.'))).toEqual([]);
    expect(coverage.notChecked.filter(({ family }) => family === 'calls').length).toBeGreaterThan(
      0,
    );
  });
});
