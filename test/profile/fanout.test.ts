import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { type ChildCall, Fanout } from '../../src/profile/fanout.ts';
import { EdgeTotals } from '../../src/profile/fanout-edges.ts';
import { readMultiset } from '../../src/profile/fanout-multiset.ts';
import { call } from '../support/calls.ts';
import { caused } from './caused.ts';
import { target } from './fanout-target.ts';

function callOf(id: string, ts: number, latency: number | undefined, status?: string): Call {
  return call({ from: 'a', to: 'b', id, ts, latency, status });
}

function childOf(name: string, ts: number, latency: number | undefined, status = '200'): ChildCall {
  return caused(callOf(`${name}@${ts}`, ts, latency, status), target(name));
}

interface Handled {
  readonly parent: Call;
  readonly children: readonly ChildCall[];
}

const name = fc.oneof(
  fc.constantFrom('x', 'y', '__proto__', '{int}', 'a\nb', ''),
  fc.integer({ min: 0, max: 90 }).map((n) => `word${n}`),
);
const child = fc
  .tuple(name, fc.nat(50), fc.option(fc.nat(20), { nil: undefined }), fc.constantFrom('200', '503'))
  .map(([segment, ts, latency, status]) => childOf(segment, ts, latency, status));
const handled: fc.Arbitrary<Handled> = fc
  .tuple(
    fc.nat(10_000),
    fc.constantFrom('200', '500', undefined),
    fc.uniqueArray(child, { maxLength: 6, selector: ({ call }) => call.id }),
  )
  .map(([id, status, children]) => ({ parent: callOf(`p${id}`, 0, 60, status), children }));

const observed = (all: readonly Handled[]): Fanout => {
  const fanout = new Fanout();
  for (const { parent, children } of all) fanout.observe(parent, children);
  return fanout;
};
const bytes = (fanout: Fanout) => JSON.stringify(fanout.toJSON());

describe('a fan-out', () => {
  it('merges to the bytes of the whole, in any order and cut', () => {
    fc.assert(
      fc.property(fc.array(handled, { maxLength: 150 }), fc.array(fc.nat(3)), (all, parts) => {
        const shards: Handled[][] = [[], [], [], []];
        for (const [i, one] of all.entries())
          shards[parts[i % (parts.length || 1)] ?? 0]?.unshift(one);
        const merged = new Fanout();
        for (const shard of shards.toReversed()) merged.merge(observed(shard));
        expect(bytes(merged)).toBe(bytes(observed(all)));
      }),
      { numRuns: 60 },
    );
  });

  it('does not depend on the order of the children', () => {
    fc.assert(
      fc.property(handled, ({ parent, children }) => {
        expect(bytes(observed([{ parent, children: children.toReversed() }]))).toBe(
          bytes(observed([{ parent, children }])),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.array(handled, { maxLength: 120 }), (all) => {
        const fanout = observed(all);
        const again = Fanout.fromJSON(JSON.parse(bytes(fanout)));
        expect(bytes(again)).toBe(bytes(fanout));
      }),
      { numRuns: 40 },
    );
  });

  it('refuses what it cannot have written', () => {
    for (const json of [null, {}, [['2xx']], [['2xx', {}]], [['2xx', { handled: -1 }]]]) {
      expect(() => Fanout.fromJSON(json)).toThrow(RangeError);
    }
  });

  it('counts per handled call, by class of its status', () => {
    const fanout = observed([
      { parent: callOf('1', 0, 60, '200'), children: [childOf('x', 1, 2), childOf('x', 5, 2)] },
      { parent: callOf('2', 0, 60, '201'), children: [childOf('x', 1, 2)] },
      { parent: callOf('3', 0, 60, '500'), children: [] },
    ]);
    expect(fanout.outcomes.map(([status, { handled }]) => [status, handled])).toEqual([
      ['2xx', 2],
      ['5xx', 1],
    ]);
    const ok = fanout.outcomes[0]?.[1];
    const [[, segments, stats] = []] = [...(ok?.targets.entries() ?? [])];
    expect(segments).toEqual(['x']);
    expect(stats?.calls).toBe(3);
    expect(stats?.counts.map(([k, { handled }]) => [k, handled])).toEqual([
      [1, 1],
      [2, 1],
    ]);
    expect(ok?.multisets.entries().map(([text]) => readMultiset(text)?.[0]?.[1])).toEqual([1, 2]);
  });

  it('keeps order only where calls do not overlap and start in different milliseconds', () => {
    const relation = (a: ChildCall, b: ChildCall) =>
      observed([{ parent: callOf('1', 0, 60, '200'), children: [a, b] }])
        .outcomes[0]?.[1].relations.entries()
        .map(([line]) => line.split('\n')[1]);
    expect(relation(childOf('x', 1, 2), childOf('y', 5, 2))).toEqual(['<']);
    expect(relation(childOf('x', 1, 9), childOf('y', 5, 2))).toEqual(['~']);
    expect(relation(childOf('x', 1, 0), childOf('y', 1, 2))).toEqual(['~']);
  });

  it('tells repeats after a failure, and the wait before each', () => {
    const children = [
      childOf('x', 0, 10, '503'),
      childOf('x', 110, 10, '503'),
      childOf('x', 320, 10, '200'),
      childOf('x', 400, 10, '200'),
    ];
    const fanout = observed([{ parent: callOf('1', 0, 500, '200'), children }]);
    const [[, , stats] = []] = [...(fanout.outcomes[0]?.[1].targets.entries() ?? [])];
    expect(stats?.retries.calls).toBe(2);
    expect(stats?.retries.handled).toBe(1);
    const [first, second] = stats?.retries.spacing ?? [];
    expect(first?.quantile(0.5)).toBeCloseTo(100, -1);
    expect(second?.quantile(0.5)).toBeCloseTo(200, -1);
  });

  it('takes what children cover from the own time', () => {
    const children = [childOf('x', 10, 20), childOf('y', 20, 20), childOf('z', 90, 50)];
    const fanout = observed([{ parent: callOf('1', 0, 100, '200'), children }]);
    expect(fanout.outcomes[0]?.[1].selfTime.quantile(0.5)).toBeCloseTo(60, -1);
  });
});

describe('background calls', () => {
  it('merge to the bytes of the whole and read back', () => {
    const calls = Array.from({ length: 700 }, (_, i) => childOf(`n${i}`, i, 1));
    const [whole, left, right] = [new EdgeTotals(), new EdgeTotals(), new EdgeTotals()];
    calls.forEach(({ call, target }, i) => {
      const src = { ...call.src, workload: { name: `w${i % 600}`, kind: 'service' as const } };
      whole.observe({ ...call, src }, target);
      (i % 3 ? left : right).observe({ ...call, src }, target);
    });
    right.merge(left);
    expect(JSON.stringify(right.toJSON())).toBe(JSON.stringify(whole.toJSON()));
    expect(JSON.stringify(EdgeTotals.fromJSON(JSON.parse(JSON.stringify(whole.toJSON()))))).toBe(
      JSON.stringify(whole),
    );
    expect(() => EdgeTotals.fromJSON({})).toThrow(RangeError);
  });
});
