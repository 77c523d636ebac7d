import { describe, expect, it } from 'vitest';
import type { Target } from '../../src/calls/target.ts';
import { TargetMap } from '../../src/profile/fanout-targets.ts';
import { KeptNames } from '../../src/profile/kept-names.ts';
import { MessageProfile } from '../../src/profile/message.ts';
import { OperationStats } from '../../src/profile/operation-stats.ts';
import { Sketch } from '../../src/profile/sketch.ts';
import { Slowest } from '../../src/profile/slowest.ts';
import { call } from '../support/calls.ts';

const text = (value: unknown) => JSON.stringify(value);

/** The parts in either order, and read back, beside the whole. */
function expectAlike<T extends { merge(other: T): void }>(
  make: (from: number, to: number) => T,
  read: (json: never) => T,
  size: number,
): T {
  const whole = make(0, size);
  for (const [a, b] of [
    [make(0, size / 2), make(size / 2, size)],
    [make(size / 2, size), make(0, size / 2)],
  ] as const) {
    a.merge(b);
    expect(text(a)).toBe(text(whole));
  }
  expect(text(read(JSON.parse(text(whole)) as never))).toBe(text(whole));
  return whole;
}

describe('statuses', () => {
  const statsOf = (from: number, to: number) => {
    const stats = new OperationStats();
    for (let i = from; i < to; i++) {
      stats.observe(call({ to: 'db', status: `E${i}`, ts: i, responseSize: 10 }), i % 3);
    }
    return stats;
  };
  const read = (json: never) => OperationStats.fromJSON(json);

  it('are told apart up to 64', () => {
    const { statuses, count } = expectAlike(statsOf, read, 64);
    expect(statuses).toHaveLength(64);
    expect(count).toBe(64);
  });

  it('that are more are one, with all that was seen of them', () => {
    const { statuses, count } = expectAlike(statsOf, read, 80);
    expect(count).toBe(80);
    const [[name, stats] = []] = statuses;
    expect(statuses).toHaveLength(1);
    expect(name).toBe('(other)');
    expect(stats?.count).toBe(80);
    expect(stats?.slots.total).toBe(80);
    expect(stats?.examples.ids.length).toBeGreaterThan(0);
    expect(stats?.response.count).toBe(80);
    expect(stats?.response.sizes.count).toBe(80);
  });

  it('that are missing are told from responses that are', () => {
    const stats = new OperationStats();
    stats.observe(call({ to: 'db', status: undefined, latency: undefined }), 0);
    stats.observe(call({ to: 'db', status: undefined, ts: 1 }), 0);
    expect(stats.statuses.map(([name]) => name)).toEqual(['(no response)', '(unknown)']);
    expect(stats.latency.total().count).toBe(1);
    expect(stats.slowest.calls).toEqual([['n1/1', 10]]);
  });
});

it('headers are kept up to 128 names of 100 characters, else none', () => {
  const messages = (from: number, to: number) => {
    const profile = new MessageProfile();
    for (let i = from; i < to; i++) {
      const requestHeaders = new Map([[`x-${i}`, '1']]);
      profile.observe(call({ to: 'a', ts: i, requestHeaders }), 'request');
    }
    return profile;
  };
  const read = (json: never) => MessageProfile.fromJSON(json);
  expect(expectAlike(messages, read, 128).headers.entries()).toHaveLength(128);
  const { headers } = expectAlike(messages, read, 130);
  expect(headers.capped).toBe(true);
  expect(headers.entries()).toEqual([]);
  const long = new MessageProfile();
  const requestHeaders = new Map([
    ['a'.repeat(100), ''],
    ['b'.repeat(101), ''],
  ]);
  long.observe(call({ to: 'a', requestHeaders }), 'request');
  expect(long.headers.entries().map(([name]) => name.length)).toEqual([100]);
});

it('targets of a fan-out are told apart up to 256 families, and counted in any case', () => {
  const counts = {
    create: () => ({ calls: 0 }),
    merge: (into: { calls: number }, from: { calls: number }) => {
      into.calls += from.calls;
    },
  };
  const target = (i: number): Target => ({
    workload: `w${i}`,
    protocol: 'http',
    method: 'GET',
    separator: '/',
    mutation: false,
    segments: ['a'],
  });
  const map = (from: number, to: number) => {
    const targets = new TargetMap(counts);
    for (let i = from; i < to; i++) targets.at(target(i), ['a']).calls++;
    return targets;
  };
  const told = (targets: TargetMap<{ calls: number }>) =>
    [...targets.entries()].map(([{ workload }, segments, { calls }]) => [
      workload,
      segments,
      calls,
    ]);
  expect(told(map(0, 256))).toHaveLength(256);
  const all = [['{others}', [], 257]];
  expect(told(map(0, 257))).toEqual(all);
  const [few, many] = [map(256, 257), map(0, 256)];
  few.merge(many);
  expect(told(few)).toEqual(all);
  const [one, absorbed] = [map(0, 1), map(1, 300)];
  one.merge(absorbed);
  expect(told(one)).toEqual([['{others}', [], 300]]);
});

it('names are kept by their hash, whichever came first', () => {
  const names = Array.from({ length: 20 }, (_, i) => `node-${i}`);
  const kept = (given: readonly string[]) => {
    const of = new KeptNames(5, () => ({ seen: 0 }));
    for (const name of given) {
      const at = of.at(name);
      if (at) at.seen++;
    }
    return of.entries();
  };
  const forth = kept([...names, ...names]);
  expect(forth).toHaveLength(5);
  expect(kept([...names.toReversed(), ...names])).toEqual(forth);
  expect(forth.every(([, { seen }]) => seen === 2)).toBe(true);
  expect(forth.map(([name]) => name)).toEqual(forth.map(([name]) => name).sort());
  expect(kept(names.slice(0, 5))).toHaveLength(5);
});

it('the three slowest calls are kept, the first by name of equal ones', () => {
  const slowest = new Slowest();
  for (const [id, latency] of [
    ['d', 5],
    ['c', 5],
    ['b', 9],
    ['a', 5],
    ['e', 4],
    ['b', 9],
  ] as const) {
    slowest.add(id, latency);
  }
  expect(slowest.calls).toEqual([
    ['b', 9],
    ['a', 5],
    ['c', 5],
  ]);
});

it('a sketch tells ranks, sums and what it holds', () => {
  const sketch = new Sketch();
  expect(sketch.quantile(0.5)).toBeNaN();
  expect(sketch.atRank(1)).toBeNaN();
  expect(sketch.mean()).toBeNaN();
  for (const value of [0, 0, 10, 100]) sketch.add(value);
  sketch.add(1000, 2);
  expect([0, 1, 2, 3, 4, 5, 9].map((rank) => Math.round(sketch.atRank(rank) / 10))).toEqual([
    0, 0, 0, 1, 10, 99, 99,
  ]);
  expect(sketch.quantile(0)).toBe(0);
  expect(Math.abs(sketch.sum() - 2110)).toBeLessThan(21.1);
  expect(Math.abs(sketch.mean() - 2110 / 6)).toBeLessThan(3.6);
  const [zero, ...others] = [...sketch.entries()];
  expect(zero).toEqual([0, 2]);
  expect(others.map(([, count]) => count)).toEqual([1, 1, 2]);
  expect([...new Sketch().entries()]).toEqual([]);
  sketch.add(0.0009);
  expect(sketch.entries().next().value).toEqual([0, 3]);
});
