import { expect, it } from 'vitest';
import { targetOf } from '../../../src/calls/target.ts';
import { backgroundCalls } from '../../../src/compare/calls/background.ts';
import { unnamedCallers } from '../../../src/compare/calls/unnamed-callers.ts';
import { compareProfiles } from '../../../src/compare/compare.ts';
import { EdgeTotals } from '../../../src/profile/fanout-edges.ts';
import { Profiler } from '../../../src/profile/profiler.ts';
import { judge } from '../../../src/verdict/verdict.ts';
import { call } from '../../support/calls.ts';
import { namer } from './make.ts';

/** Calls of each workload by one caller, so many. */
function called(from: string, calls: Readonly<Record<string, number>>) {
  const edges = new EdgeTotals();
  for (const [to, count] of Object.entries(calls)) {
    for (let i = 0; i < count; i++) {
      const one = call({ id: `${to}/${i}`, from, to });
      edges.observe(one, targetOf(one));
    }
  }
  return backgroundCalls(edges, namer);
}

it('a caller without a name that calls several workloads may be any of them', () => {
  const found = unnamedCallers({
    base: called('loopback', { api: 20, stock: 20 }),
    cand: called('loopback', { api: 20, stock: 60 }),
  });
  expect(found).toEqual([
    {
      operation: 'loopback (background)',
      family: 'calls',
      reason: expect.stringMatching(
        /^packets do not tell who at loopback calls api, stock: .*127\.0\.0\.2/,
      ),
      samples: { baseline: 40, candidate: 80 },
    },
  ]);
});

it('callers and callees are told by name, some of many', () => {
  const few = called('unknown', { e: 1, d: 1, c: 1, b: 1, a: 1 });
  const base = new Map([...few, ...called('loopback', { f: 1, e: 1 })]);
  const cand = called('loopback', { d: 1, c: 1, b: 1, a: 1, unknown: 1 });
  const reasons = unnamedCallers({ base, cand }).map(({ reason }) => reason);
  expect(reasons.map((reason) => reason.replace(/: which .*;/, ';'))).toEqual([
    'packets do not tell who at loopback calls a, b, c, d, e, …; give each service an address of its own (127.0.0.2, …) or record a network of containers',
    'packets do not tell who at unknown calls a, b, c, d, e; name the addresses of the callers with --names',
  ]);
});

it('one that calls a single workload, or has a name, is none', () => {
  const users = called('loopback', { api: 20 });
  expect(unnamedCallers({ base: users, cand: users })).toEqual([]);
  const gateway = called('gateway', { api: 20, stock: 20 });
  expect(unnamedCallers({ base: gateway, cand: gateway })).toEqual([]);
});

it('a verdict that is no FAIL says so once, and of packets alone', () => {
  const captured = (source: 'calls' | 'packets', start: number) => {
    const profiler = new Profiler();
    for (let i = 0; i < 60; i++) {
      const to = i % 2 === 0 ? 'api' : 'stock';
      const one = call({ id: `n/${i}`, ts: start + i * 100, from: 'loopback', to });
      profiler.push({ kind: 'call', call: one });
    }
    const profile = profiler.finish();
    profile.capture.sources.add(source);
    return profile;
  };
  const reasonsOf = (source: 'calls' | 'packets') => {
    const [base, cand] = [captured(source, 1_700_000_000_000), captured(source, 1_700_000_060_000)];
    const comparison = compareProfiles(base, cand, { minSamples: 20 });
    const { verdict, reasons, coverage } = judge(comparison, base.capture, cand.capture);
    expect(verdict).toBe('PASS');
    return { reasons, notChecked: coverage.notChecked.map(({ reason }) => reason) };
  };
  const told = expect.stringMatching(/^packets do not tell who at loopback calls api, stock: /);
  const passed = expect.stringMatching(/^no breaking difference/);
  const { reasons, notChecked } = reasonsOf('packets');
  expect(reasons).toEqual([passed, told]);
  expect(notChecked).toContainEqual(told);
  expect(reasonsOf('calls').reasons).toEqual([passed]);
});
