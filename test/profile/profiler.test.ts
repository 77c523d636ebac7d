import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { decodeProfile, encodeProfile } from '../../src/profile/codec.ts';
import { Profile } from '../../src/profile/profile.ts';
import { Profiler, SHARD_MARGIN_MS } from '../../src/profile/profiler.ts';
import { call, json } from '../support/calls.ts';

/** Requests to a gateway that calls orders and its database, spread over minutes; some seen by two nodes. */
const captures = fc
  .array(
    fc.record({
      ts: fc.nat(400_000),
      id: fc.nat(500),
      latency: fc.integer({ min: 4, max: 20_000 }),
      queries: fc.nat(3),
      status: fc.constantFrom('200', '404', '500', undefined),
      twice: fc.boolean(),
    }),
    { maxLength: 60 },
  )
  .map((requests) => requests.flatMap(toCalls).sort(inTime));

interface Request {
  ts: number;
  id: number;
  latency: number;
  queries: number;
  status: string | undefined;
  twice: boolean;
}

function toCalls(request: Request, n: number): Call[] {
  const { ts, id, latency, queries, status, twice } = request;
  const seen = { ts, latency, status, path: `/api/orders/${id}` };
  const front = call({
    ...seen,
    id: `n1/${n}/front`,
    to: 'gateway',
    port: 30_000 + n,
    responseBody: json({ id, state: id % 2 ? 'paid' : 'open' }),
  });
  const down = call({
    ...seen,
    ts: ts + 1,
    latency: latency - 2,
    id: `n1/${n}/down`,
    from: 'gateway',
    to: 'orders',
    port: 31_000 + n,
  });
  const sql = Array.from({ length: queries }, (_, k) =>
    call({
      ts: ts + 2 + k,
      latency: 1,
      id: `n1/${n}/sql${k}`,
      from: 'orders',
      to: 'db',
      protocol: 'postgresql',
      method: 'SELECT',
      path: `SELECT * FROM orders WHERE id = ${id}`,
      port: 32_000 + n,
    }),
  );
  const calls = [front, down, ...sql];
  return twice ? [...calls, { ...down, id: `n2/${n}/down`, node: 'n2', ts: down.ts + 1 }] : calls;
}

function inTime(a: Call, b: Call): number {
  return a.ts - b.ts || (a.id < b.id ? -1 : 1);
}

function profileOf(calls: readonly Call[], owns?: (ts: number) => boolean): Profile {
  const profiler = new Profiler(owns ? { owns } : {});
  for (const one of calls) profiler.push({ kind: 'call', call: one });
  return profiler.finish();
}

describe('profiling', () => {
  test('shards of any cut, merged in any order, give the bytes of the whole', () => {
    fc.assert(
      fc.property(
        captures,
        fc.array(fc.nat(420_000), { maxLength: 4 }),
        fc.infiniteStream(fc.nat()),
        (calls, cuts, random) => {
          const edges = [Number.NEGATIVE_INFINITY, ...cuts.sort((a, b) => a - b), Infinity];
          const shards = edges.slice(1).map((to, i) => {
            const from = edges[i] as number;
            const near = calls.filter(
              ({ ts }) => ts >= from - SHARD_MARGIN_MS && ts < to + SHARD_MARGIN_MS,
            );
            return profileOf(near, (ts) => ts >= from && ts < to);
          });
          const merged = new Profile();
          const order = shards.map((s) => [random.next().value, s] as const);
          for (const [, shard] of order.sort((a, b) => a[0] - b[0])) merged.merge(shard);
          expect(encodeProfile(merged)).toBe(encodeProfile(profileOf(calls)));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('the order of calls within one millisecond does not show', () => {
    fc.assert(
      fc.property(captures, (calls) => {
        const shuffled = calls.toSorted((a, b) => a.ts - b.ts || (a.id > b.id ? -1 : 1));
        expect(encodeProfile(profileOf(shuffled))).toBe(encodeProfile(profileOf(calls)));
      }),
      { numRuns: 40 },
    );
  });

  test('an encoded profile reads back to the same bytes', () => {
    fc.assert(
      fc.property(captures, (calls) => {
        const text = encodeProfile(profileOf(calls));
        expect(encodeProfile(decodeProfile(text))).toBe(text);
      }),
      { numRuns: 40 },
    );
  });

  test('unreadable records are counted once, by the shard that was reading there', () => {
    const run = (owns?: (ts: number) => boolean) => {
      const profiler = new Profiler(owns ? { owns } : {});
      profiler.push({ kind: 'bad', reason: 'not JSON' });
      profiler.push({ kind: 'call', call: call({ to: 'a', ts: 1_000 }) });
      profiler.push({ kind: 'bad', reason: 'not JSON' });
      profiler.push({ kind: 'call', call: call({ to: 'a', ts: 9_000 }) });
      profiler.push({ kind: 'bad', reason: 'not JSON' });
      return profiler.finish().capture.badRecords;
    };
    expect(run()).toBe(3);
    expect(run((ts) => ts < 5_000)).toBe(2);
    expect(run((ts) => ts >= 5_000)).toBe(1);
  });
});

test('a call that begins before the one that headers say caused it tells of their clocks', () => {
  const trace = '4bf92f3577b34da6a3ce929d0e0e47';
  const calls = Array.from({ length: 30 }, (_, i) => {
    const requestHeaders = new Map([
      ['traceparent', `00-${trace}${String(i).padStart(2, '0')}-00f067aa0ba902b7-01`],
    ]);
    const ts = i * 1000;
    return [
      call({ to: 'gateway', ts: ts + 40, id: `a/${i}`, node: 'a', latency: 50, requestHeaders }),
      call({ from: 'gateway', to: 'orders', ts, id: `b/${i}`, node: 'b', requestHeaders }),
    ];
  });
  const { clocks } = profileOf(calls.flat().sort(inTime)).capture;
  expect(clocks.pairs).toEqual([{ nodes: ['a', 'b'], twice: 0, ahead: 0, early: 30, lead: 40 }]);
});

test('what long requests are about is told of all of them, though links need their beginning only', () => {
  const calls = Array.from({ length: 20 }, (_, i) => {
    const requestBody = json({ id: i, note: 'x'.repeat(10_000) });
    return call({ to: 'orders', path: '/orders', id: `n/${i}`, ts: i * 1000, requestBody });
  });
  const [family] = profileOf(calls).families;
  const [operation] = family?.operations.leaves() ?? [];
  const [outcome] = operation?.[1].fanout.outcomes ?? [];
  const [subjects] = outcome?.[1].multisets.about()?.values() ?? [];
  expect(subjects?.size).toBeGreaterThan(15);
});

describe('a profile from a stranger', () => {
  const text = encodeProfile(profileOf([call({ to: 'orders', path: '/api/orders/1' })]));

  test.each([
    ['not JSON', '{', /not JSON/],
    ['another version', text.replace('"version":1', '"version":2'), /version/],
    ['a negative count', text.replace('"calls":1', '"calls":-1'), /capture\.calls/],
    ['an unknown key', text.replace('"grid":', '"extra":0,"grid":'), /extra/],
    ['a broken operation', text.replace('"count":1', '"count":"1"'), /not/],
  ])('is refused: %s', (_, broken, reason) => {
    expect(() => decodeProfile(broken)).toThrow(reason);
  });
});
