import { describe, expect, it } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { BLOCK_MS } from '../../src/graph/neighbourhood.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { profileWindows } from '../../src/profile/profile-windows.ts';
import { type Link, Profiler, type ProfilerOptions } from '../../src/profile/profiler.ts';
import { call } from '../support/calls.ts';

/** A request to the gateway, and the call to the orders that it makes `after` ms later. */
const pair = (ts: number, after = 20, n = ts): Call[] => [
  call({ id: `front${n}`, ts, to: 'gateway', latency: after + 80 }),
  call({ id: `down${n}`, ts: ts + after, from: 'gateway', to: 'orders', latency: 10 }),
];

function profiled(calls: readonly Call[], options: ProfilerOptions = {}): Profile {
  const profiler = new Profiler(options);
  for (const one of calls) profiler.push({ kind: 'call', call: one });
  return profiler.finish();
}

/** Calls that handled calls of the gateway are known to have made, and those without a known cause. */
function caused({ families, background }: Profile): [number, number] {
  let calls = 0;
  for (const { family, operations } of families) {
    for (const [, { fanout }] of operations.leaves()) {
      for (const [, { targets }] of family.workload === 'gateway' ? fanout.outcomes : [])
        for (const [, , stats] of targets.entries()) calls += stats.calls;
    }
  }
  let others = 0;
  for (const [caller, targets] of background.callers)
    if (caller === 'gateway') for (const [, , stats] of targets.entries()) others += stats.calls;
  return [calls, others];
}

describe('a call made by another one', () => {
  it('is its own also where a block of time ends between them, and whatever comes after', () => {
    const over = pair(BLOCK_MS - 10);
    const later = [3, 4, 9].map((n) => call({ id: `l${n}`, ts: n * BLOCK_MS, to: 'gateway' }));
    expect(caused(profiled(over))).toEqual([1, 0]);
    expect(caused(profiled([...over, ...later]))).toEqual([1, 0]);
    expect(caused(profiled([...pair(BLOCK_MS - 10, 10), ...later]))).toEqual([1, 0]);
    expect(caused(profiled([...pair(100), ...over, ...pair(5 * BLOCK_MS)]))).toEqual([3, 0]);
  });

  it('is in no block but its own: one far after has no cause', () => {
    const alone = call({ id: 'x', ts: 2 * BLOCK_MS, from: 'gateway', to: 'orders', latency: 1 });
    expect(caused(profiled([...pair(100), alone]))).toEqual([1, 1]);
  });

  it('is counted by whom its times belong to, its cause by that one', () => {
    const calls = pair(BLOCK_MS - 10);
    const first = profiled(calls, { owns: (ts) => ts < BLOCK_MS });
    const second = profiled(calls, { owns: (ts) => ts >= BLOCK_MS });
    expect([caused(first), caused(second)]).toEqual([
      [1, 0],
      [0, 0],
    ]);
    expect([first.capture.calls, second.capture.calls]).toEqual([1, 1]);
  });

  it('is found beyond the end of a window', async () => {
    const calls = pair(BLOCK_MS - 10);
    const capture = {
      batches: (async function* () {
        for (const one of calls) yield [{ kind: 'call' as const, call: one }];
      })(),
      problems: [],
    };
    const spans = [
      { start: 0, end: BLOCK_MS - 1 },
      { start: BLOCK_MS, end: 2 * BLOCK_MS },
    ];
    const [first, second] = await profileWindows(capture, spans);
    expect([first && caused(first), second && caused(second)]).toEqual([
      [1, 0],
      [0, 0],
    ]);
  });
});

describe('who asks', () => {
  const calls = [...pair(100), ...pair(30_000)];

  it('is told of each counted call once, with its target', () => {
    const told: string[] = [];
    const options: ProfilerOptions = {
      owns: (ts) => ts < 30_000,
      onCall: ({ id }, { workload }) => told.push(`${id} ${workload}`),
    };
    profiled(
      [...calls, ...calls].sort((a, b) => a.ts - b.ts),
      options,
    );
    expect(told).toEqual(['front100 gateway', 'down100 orders']);
  });

  it('is told of each link of a counted call, and of those that have no cause', () => {
    const links: Link[] = [];
    const owns = (ts: number) => ts < 30_000;
    profiled(calls, { owns, onLink: (link) => links.push(link), mostChains: 1 });
    expect(links.map(({ call, parent }) => [call.id, parent?.id])).toEqual([
      ['front100', undefined],
      ['down100', 'front100'],
    ]);
    expect(links.every(({ confidence }) => confidence > 0 && confidence <= 1)).toBe(true);
  });

  it('may name workloads by rules', () => {
    const seen = call({ to: 'orders', path: '/a' });
    const named = (options: ProfilerOptions) =>
      profiled([seen], options).families.map(({ family }) => family.workload);
    expect(named({})).toEqual(['orders']);
    const rule = { by: 'service', pattern: 'ord*', workload: 'shop' } as const;
    expect(named({ identity: [rule] })).toEqual(['shop']);
  });
});

describe('calls seen twice', () => {
  const twice = (ts: number) => {
    const one = call({ id: `a${ts}`, ts, to: 'orders', latency: 9, port: 31_000 });
    return [one, { ...one, id: `b${ts}`, node: 'n2' }];
  };

  it('are one, and counted by whom their times belong to', () => {
    const calls = [...twice(1_000), ...twice(40_000)];
    const counted = (owns?: (ts: number) => boolean) => {
      const { capture } = profiled(calls, owns ? { owns } : {});
      return [capture.calls, capture.duplicates];
    };
    expect(counted()).toEqual([2, 2]);
    expect(counted((ts) => ts < 30_000)).toEqual([1, 1]);
    expect(counted(() => false)).toEqual([0, 0]);
  });
});

it('only a call well before its cause tells of clocks, and only by whom it is counted', () => {
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
  const requestHeaders = new Map([['traceparent', `00-${trace}-00f067aa0ba902b7-01`]]);
  const early = (lead: number, owns?: (ts: number) => boolean) => {
    const front = call({
      id: 'f',
      ts: 1_000,
      to: 'gateway',
      node: 'a',
      latency: 90,
      requestHeaders,
    });
    const given = { ts: 1_000 - lead, from: 'gateway', to: 'orders', node: 'b', requestHeaders };
    const down = call({ id: 'd', ...given });
    return profiled([down, front], owns ? { owns } : {}).capture.clocks.pairs.map(
      ({ lead }) => lead,
    );
  };
  expect(early(40)).toEqual([40]);
  expect(early(4)).toEqual([4]);
  expect(early(3)).toEqual([]);
  expect(early(40, (ts) => ts >= 1_000)).toEqual([]);
});
