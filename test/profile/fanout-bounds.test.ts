import { describe, expect, it } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import type { Target } from '../../src/calls/target.ts';
import { type ChildCall, Fanout } from '../../src/profile/fanout.ts';
import { EdgeTotals } from '../../src/profile/fanout-edges.ts';
import { readMultiset } from '../../src/profile/fanout-multiset.ts';
import { TargetMap } from '../../src/profile/fanout-targets.ts';
import { call, endpoint } from '../support/calls.ts';
import { caused } from './caused.ts';
import { target } from './fanout-target.ts';

const child = (name: string, ts: number, given: Partial<Call> = {}): ChildCall =>
  caused(call({ to: 'db', id: `${name}@${ts}`, ts, latency: 2, ...given }), target(name), 0.7);
const parent = (id: string, given: Partial<Call> = {}) =>
  call({ id, to: 'a', latency: 100, ...given });
const again = (fanout: Fanout) => Fanout.fromJSON(JSON.parse(JSON.stringify(fanout)));
const outcome = (fanout: Fanout) => {
  const [[, first] = []] = fanout.outcomes;
  if (!first) throw new Error('no outcome');
  return first;
};
const statsOf = (fanout: Fanout) =>
  [...outcome(fanout).targets.entries()].map(
    ([, segments, stats]) => [segments[0], stats] as const,
  );

describe('what handled calls caused', () => {
  const made = () => {
    const fanout = new Fanout();
    const bare = { requestHeaders: new Map([['accept', '*/*']]) };
    const outside = { dst: endpoint(undefined) };
    for (const id of ['p', 'q']) {
      const [x, y] = [child(`x`, 1, { ...bare, ...outside }), child('y', 9, { status: '503' })];
      fanout.observe(parent(id), [x, y, child('y', 30)], [{ target: x.target, share: 0.25 }]);
    }
    return fanout;
  };
  const told = (fanout: Fanout) =>
    statsOf(fanout).map(([name, stats]) => [
      name,
      stats.calls,
      stats.sure,
      stats.expected,
      stats.outside,
      stats.authorization,
      stats.retries.calls,
      stats.examples.ids,
      stats.counts.map(([k, { handled, examples }]) => [k, handled, examples.ids]),
    ]);

  it('is all there when it is read back', () => {
    const fanout = made();
    expect(told(again(fanout))).toEqual(told(fanout));
    const none = { seen: 0, present: 0, without: [] };
    expect(told(fanout)).toEqual([
      [
        'x',
        2,
        1.4,
        0.5,
        2,
        { ...none, seen: 2, without: ['x@1'] },
        0,
        ['x@1'],
        [[1, 2, ['q', 'p']]],
      ],
      ['y', 4, 2.8, 0, 0, none, 2, ['y@30', 'y@9'], [[2, 2, ['q', 'p']]]],
    ]);
    expect(outcome(again(fanout)).selfTime.count).toBe(2);
    expect(outcome(again(fanout)).relations.total()).toBe(2);
  });

  it('adds up, each part of it', () => {
    const fanout = made();
    fanout.merge(made());
    const doubled = told(made()).map(([name, calls, sure, expected, outside]) => [
      name,
      2 * (calls as number),
      2 * (sure as number),
      2 * (expected as number),
      2 * (outside as number),
    ]);
    expect(told(fanout).map((one) => one.slice(0, 5))).toEqual(doubled);
    const [[, x] = []] = statsOf(fanout);
    expect(x?.authorization).toEqual({ seen: 4, present: 0, without: ['x@1'] });
    expect(x?.counts.map(([k, { handled }]) => [k, handled])).toEqual([[1, 4]]);
    expect(outcome(fanout).handled).toBe(4);
    expect(outcome(fanout).selfTime.count).toBe(4);
  });

  it.each(['authorization', 'x-api-key', 'x-auth-token', 'cookie'])(
    'carries a credential in %s',
    (name) => {
      const fanout = new Fanout();
      fanout.observe(parent('p'), [child('x', 1, { requestHeaders: new Map([[name, '1']]) })]);
      const [[, x] = []] = statsOf(fanout);
      expect(x?.authorization).toEqual({ seen: 1, present: 1, without: [] });
    },
  );

  it('may be nothing for sure', () => {
    const fanout = new Fanout();
    fanout.observe(parent('p'), [], [{ target: target('x'), share: 0.25 }]);
    fanout.observe(parent('q'), [], []);
    fanout.observe(parent('r'), []);
    expect(outcome(fanout).multisets.entries()).toEqual([['', 3]]);
    const [[name, x] = []] = statsOf(fanout);
    expect([name, x?.calls, x?.expected, x?.counts]).toEqual(['x', 0, 0.25, []]);
  });

  it('is sure to be expected where nothing else is said', () => {
    const fanout = new Fanout();
    fanout.observe(parent('p'), [child('x', 1)]);
    expect(statsOf(fanout)[0]?.[1].expected).toBe(1);
  });

  it('has no own time where no response was seen, and none is below zero', () => {
    const fanout = new Fanout();
    fanout.observe(parent('p', { latency: undefined }), []);
    expect(outcome(fanout).selfTime.count).toBe(0);
    const busy = new Fanout();
    const overlapping = [child('x', 0, { latency: 60 }), child('y', 40, { latency: 90 })];
    busy.observe(parent('p'), [...overlapping, child('z', 300, { latency: 5 })]);
    expect(outcome(busy).selfTime.quantile(1)).toBe(0);
  });

  it('is told in order of start, ties by name', () => {
    const fanout = new Fanout();
    const retried = [child('x', 50), child('x', 5, { status: '503', latency: 1 })];
    fanout.observe(parent('p'), retried);
    expect(statsOf(fanout)[0]?.[1].retries.calls).toBe(1);
  });

  it('is kept of up to 64 multisets, and counted beyond', () => {
    const of = (count: number) => {
      const fanout = new Fanout();
      for (let i = 0; i < count; i++) fanout.observe(parent(`p${i}`), [child(`w${i % 90}`, 1)]);
      return outcome(fanout).multisets;
    };
    expect([of(64).capped, of(64).entries().length]).toEqual([false, 64]);
    expect(readMultiset(of(64).entries()[0]?.[0] ?? '')?.[0]?.[1]).toBe(1);
    expect([of(65).capped, of(65).entries()]).toEqual([true, [['', 65]]]);
  });
});

describe('background calls', () => {
  const from = (name: string, given: Partial<Call> = {}) =>
    call({ from: name, id: `${name}/1`, ...given });
  const totals = (count: number, first = 0) => {
    const edges = new EdgeTotals();
    for (let i = first; i < first + count; i++) edges.observe(from(`w${i}`), target('x'));
    return edges;
  };
  const told = (edges: EdgeTotals) =>
    edges.callers.map(([caller, targets]) => [
      caller,
      [...targets.entries()].reduce((sum, [, , { calls }]) => sum + calls, 0),
    ]);

  it('are told by up to 512 callers, else together, for good', () => {
    expect(told(totals(512))).toHaveLength(512);
    expect(told(totals(513))).toEqual([['{others}', 513]]);
    const merged = totals(2);
    merged.merge(totals(513));
    merged.observe(from('late'), target('x'));
    expect(told(merged)).toEqual([['{others}', 516]]);
    const both = totals(300);
    both.merge(totals(300, 300));
    expect(told(both)).toEqual([['{others}', 600]]);
    const read = EdgeTotals.fromJSON(JSON.parse(JSON.stringify(totals(513))));
    read.observe(from('late'), target('x'));
    expect(told(read)).toEqual([['{others}', 514]]);
  });

  it('have examples, and say how many went outside', () => {
    const edges = new EdgeTotals();
    edges.observe(from('a', { dst: endpoint(undefined) }), target('x'));
    edges.observe(from('a', { id: 'a/2', dst: endpoint('db') }), target('x'));
    const other = new EdgeTotals();
    other.merge(edges);
    for (const one of [edges, other, EdgeTotals.fromJSON(JSON.parse(JSON.stringify(edges)))]) {
      const [[, targets] = []] = one.callers;
      const [[, , stats] = []] = [...(targets?.entries() ?? [])];
      expect([stats?.calls, stats?.outside, stats?.examples.ids.toSorted()]).toEqual([
        2,
        1,
        ['a/1', 'a/2'],
      ]);
    }
  });
});

describe('targets', () => {
  const counts = {
    create: () => ({ calls: 0 }),
    merge: (into: { calls: number }, one: { calls: number }) => {
      into.calls += one.calls;
    },
  };
  const told = (targets: TargetMap<{ calls: number }>) =>
    [...targets.entries()].map(([family, at, { calls }]) => [
      family.workload,
      family.method,
      at,
      calls,
    ]);

  it('are told apart by each part of their family, in its order', () => {
    const targets = new TargetMap(counts);
    const others: Partial<Target>[] = [
      {},
      { workload: 'a' },
      { protocol: 'grpc' },
      { method: 'PUT' },
      { separator: ':' },
      { mutation: true },
    ];
    for (const given of [...others, ...others]) targets.at(target('x', given), ['x']).calls++;
    expect(told(targets)).toHaveLength(6);
    expect(told(targets)[0]?.[0]).toBe('a');
    expect(told(targets).every(([, , , calls]) => calls === 2)).toBe(true);
  });

  it('that were too many stay together when they are read back', () => {
    const targets = new TargetMap(counts);
    for (let i = 0; i < 300; i++) targets.at(target('x', { workload: `w${i}` }), ['x']).calls++;
    const json = JSON.parse(JSON.stringify(targets.toJSON(({ calls }) => calls)));
    const read = TargetMap.fromJSON(json, counts, (calls) => ({ calls: calls as number }));
    read.at(target('x'), ['x']).calls++;
    expect(told(read)).toEqual([['{others}', '', [], 301]]);
  });
});
