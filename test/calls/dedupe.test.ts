import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { DEDUPE_REACH_MS, Deduper } from '../../src/calls/dedupe.ts';
import { byTime } from '../../src/calls/order.ts';
import { call, endpoint, json } from '../support/calls.ts';

interface Result {
  readonly calls: readonly Call[];
  readonly duplicates: readonly number[];
}

function dedupe(calls: readonly Call[]): Result {
  const deduper = new Deduper();
  const kept = [...calls.flatMap((c) => deduper.push(c)), ...deduper.flush()];
  return { calls: kept, duplicates: [...deduper.duplicateTimes()].sort((a, b) => a - b) };
}

const at = (node: string, ts: number, more: Partial<Call> = {}) =>
  call({ from: 'gateway', to: 'orders', node, ts, id: `${node}/${ts}`, ...more });
const ids = ({ calls }: Result) => calls.map(({ id }) => id);

describe('one call seen by two nodes', () => {
  test.each([0, 1, 20, 90, 250, -250])('whose clocks differ by %d ms counts once', (skew) => {
    const seen = [at('a', 1000), at('b', 1000 + skew)].sort(byTime);
    expect(dedupe(seen)).toMatchObject({ calls: [{ id: 'a/1000' }], duplicates: [1000] });
  });

  test('by more than any skew counts twice', () => {
    expect(dedupe([at('a', 1000), at('b', 1251)]).calls).toHaveLength(2);
  });

  test.each([
    ['path', { path: '/other' }],
    ['method', { method: 'POST' }],
    ['status', { status: '500' }],
    ['protocol', { protocol: 'grpc' }],
    ['port', { src: { ...endpoint('gateway'), port: 1 } }],
  ])('of another %s counts twice', (_, more) => {
    expect(dedupe([at('a', 1000), at('b', 1000, more)]).calls).toHaveLength(2);
  });

  test('keeps what the serving node saw, at its time, and fills it from the other', () => {
    const dst = { ...endpoint('orders'), node: 'b' };
    const src = { ...endpoint('gateway', 40_000) };
    const unnamed = {
      ...src,
      workload: { name: 'inside', kind: 'inside' } as const,
      pod: undefined,
    };
    const client = at('a', 1000, { src, dst, latency: 12, responseBody: json({ x: 1 }) });
    const server = at('b', 1004, {
      src: unnamed,
      dst,
      latency: undefined,
      responseBody: { state: 'cut', text: '{' },
    });
    const { calls, duplicates } = dedupe([client, server]);
    const sightings = [{ node: 'a', ahead: undefined }];
    expect(calls).toEqual([
      { ...server, src, latency: 12, responseBody: json({ x: 1 }), sightings },
    ]);
    expect(duplicates).toEqual([1004]);
  });

  test('tells who else saw it, and how far ahead that clock is', () => {
    const dst = { ...endpoint('orders'), node: 'b' };
    const client = at('a', 1000, { dst, latency: 14 });
    const server = at('b', 1042, { dst, latency: 10 });
    expect(dedupe([client, server]).calls[0]?.sightings).toEqual([{ node: 'a', ahead: -40 }]);
    expect(dedupe([client]).calls[0]?.sightings).toBeUndefined();
  });

  test('by the virtual address of the service and by the address of its pod', () => {
    const virtual = { ...endpoint('orders', 80), ip: '10.96.0.12', pod: undefined };
    expect(dedupe([at('a', 1000, { dst: virtual }), at('b', 1001)]).calls).toHaveLength(1);
    const other = { ...virtual, workload: { name: 'users', kind: 'service' } as const };
    expect(dedupe([at('a', 1000, { dst: other }), at('b', 1001)]).calls).toHaveLength(2);
  });

  test('each node has its own loopback', () => {
    const local = (node: string, pod: string) => {
      const ip = '127.0.0.1';
      return at(node, 1, { src: { ...endpoint('x'), ip }, dst: { ...endpoint('y'), ip, pod } });
    };
    expect(dedupe([local('a', 'y-1'), local('b', 'y-2')]).calls).toHaveLength(2);
    expect(dedupe([local('a', 'y-1'), local('b', 'y-1')]).calls).toHaveLength(1);
  });

  test('is not known without the connection', () => {
    const src = { ...endpoint('gateway'), port: undefined };
    expect(dedupe([at('a', 1, { src }), at('b', 1, { src })]).calls).toHaveLength(2);
    const connection = '17';
    const known = [at('a', 1, { src, connection }), at('b', 1, { src, connection })];
    expect(dedupe(known).calls).toHaveLength(1);
  });

  test('or by three', () => {
    const { calls, duplicates } = dedupe([at('a', 1), at('b', 2), at('c', 3)]);
    expect(calls).toHaveLength(1);
    expect(duplicates).toHaveLength(2);
  });
});

describe('equal calls on one connection', () => {
  test('of one node are all calls', () => {
    const calls = [0, 0, 1, 5].map((ts, i) => at('a', ts, { id: `a/${i}` }));
    expect(dedupe(calls).calls).toHaveLength(4);
  });

  test.each([
    ['in a burst shorter than the skew', 1, 25, 20],
    ['in one millisecond', 0, 3, 300],
    ['in a long run', 40, 5, 300],
    ['in a dense long run', 1, 0, 300],
    ['slowly', 700, 200, 300],
  ])('%s: the k-th of one node is the k-th of the other', (_, gap, skew, count) => {
    const seen = [...Array(count).keys()].flatMap((i) => [
      at('a', i * gap, { id: `a/${String(i).padStart(3, '0')}` }),
      at('b', i * gap + skew, { id: `b/${String(i).padStart(3, '0')}` }),
    ]);
    const result = dedupe(seen.sort(byTime));
    expect(ids(result).filter((id) => id.startsWith('a'))).toHaveLength(count);
    expect(result.calls).toHaveLength(count);
  });

  test('in a dense run beyond a burst, only its ends can be counted twice', () => {
    const seen = [...Array(1000).keys()].flatMap((ts) => [at('a', ts), at('b', ts + 5)]);
    expect(dedupe(seen.sort(byTime)).calls.length).toBeLessThanOrEqual(1005);
  });

  test('in bursts, of which a node missed some', () => {
    const seen = [0, 300, 600].flatMap((start) => [
      ...[0, 1, 2].map((i) => at('a', start + i)),
      ...[0, 2].map((i) => at('b', start + i + 6)),
    ]);
    expect(dedupe(seen).calls).toHaveLength(9);
  });
});

test('the same record on two pages counts once, with the fuller content', () => {
  const compact = at('a', 5);
  const full = at('a', 5, { responseBody: json({ x: 1 }) });
  expect(dedupe([compact, full, compact])).toEqual({ calls: [full], duplicates: [5, 5] });
});

test('the same id of two nodes is two calls', () => {
  const other = { id: '/1/0', path: '/other' };
  expect(dedupe([at('a', 5, { id: '/1/0' }), at('b', 5, other)]).calls).toHaveLength(2);
});

/** Calls of few kinds on few connections, each seen by one or two nodes with skew. */
const capture = fc
  .array(
    fc.record({
      ts: fc.integer({ min: 0, max: 12_000 }),
      path: fc.constantFrom('/x', '/y'),
      virtual: fc.boolean(),
      port: fc.constantFrom(1, 2),
      nodes: fc.constantFrom('a', 'b', 'ab'),
      skew: fc.integer({ min: -30, max: 250 }),
    }),
    { minLength: 1, maxLength: 150 },
  )
  .map((sightings) =>
    sightings
      .flatMap(({ ts, path, virtual, port, nodes, skew }, i) =>
        [...nodes].map((node) =>
          at(node, node === 'a' ? ts : ts + skew, {
            id: `${node}/${i}`,
            path,
            src: endpoint('gateway', port),
            dst: endpoint('orders', virtual && node === 'a' ? 80 : 8080),
          }),
        ),
      )
      .sort(byTime),
  );

describe('what is decided', () => {
  test('does not depend on the order of ties', () => {
    fc.assert(
      fc.property(capture, fc.func(fc.integer()), (calls, rank) => {
        const shuffled = calls.toSorted((a, b) => a.ts - b.ts || rank(a.id) - rank(b.id));
        expect(dedupe(shuffled)).toEqual(dedupe(calls));
      }),
    );
  });

  test('does not depend on where a capture is cut, when parts read a margin', () => {
    fc.assert(
      fc.property(capture, fc.integer({ min: 0, max: 12_000 }), (calls, cut) => {
        const part = (from: number, to: number) => {
          const read = calls.filter(
            ({ ts }) => ts >= from - DEDUPE_REACH_MS && ts < to + DEDUPE_REACH_MS,
          );
          const owns = (ts: number) => ts >= from && ts < to;
          const result = dedupe(read);
          return {
            calls: result.calls.filter(({ ts }) => owns(ts)),
            duplicates: result.duplicates.filter(owns),
          };
        };
        const parts = [part(-1e6, cut), part(cut, 1e6)];
        expect({
          calls: parts.flatMap((p) => p.calls),
          duplicates: parts.flatMap((p) => p.duplicates),
        }).toEqual(dedupe(calls));
      }),
      { numRuns: 300 },
    );
  });

  test('comes out in order, each observation kept or counted as a duplicate', () => {
    fc.assert(
      fc.property(capture, (calls) => {
        const result = dedupe(calls);
        expect(result.calls).toEqual(result.calls.toSorted(byTime));
        expect(result.calls.length + result.duplicates.length).toBe(calls.length);
      }),
    );
  });
});
