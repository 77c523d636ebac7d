import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { CaptureStats } from '../../src/profile/capture-stats.ts';
import { decodeProfile, encodeProfile } from '../../src/profile/codec.ts';
import { Profile } from '../../src/profile/profile.ts';
import { call, endpoint } from '../support/calls.ts';

/** More nodes, pairs of them, windows and seconds than are kept. */
const node = fc.option(
  fc.nat(120).map((n) => `node-${n}`),
  { nil: undefined },
);
const calls = fc.array(
  fc.record({
    ts: fc.integer({ min: -5_000, max: 9_000_000 }),
    node,
    client: node,
    server: node,
    other: node,
    ahead: fc.integer({ min: -4000, max: 4000 }),
  }),
  { maxLength: 1500, size: 'max' },
);

interface Drawn {
  ts: number;
  node: string | undefined;
  client: string | undefined;
  server: string | undefined;
  other: string | undefined;
  ahead: number;
}

function toCall({ ts, node, client, server, other, ahead }: Drawn): Call {
  return {
    ...call({ to: 'orders', ts, node }),
    src: { ...endpoint('gateway'), node: client },
    dst: { ...endpoint('orders'), node: server },
    ...(other !== undefined && { sightings: [{ node: other, ahead: ahead / 7 }] }),
  };
}

function statsOf(drawn: readonly Drawn[]): CaptureStats {
  const stats = new CaptureStats();
  for (const one of drawn) {
    const made = toCall(one);
    stats.observe(made);
    if (one.ahead > 2000) stats.clocks.observeEarly(made, { ...made, node: one.other }, one.ahead);
    if (one.ahead > 3700) stats.windows.add({ start: one.ts, end: one.ts + 1 });
  }
  return stats;
}

const text = (stats: CaptureStats) => JSON.stringify(stats);

describe('what is kept of a capture', () => {
  test('parts of any cut, merged in any order, give the bytes of the whole', () => {
    fc.assert(
      fc.property(calls, fc.array(fc.nat(3), { minLength: 1, maxLength: 40 }), (drawn, hands) => {
        const parts: Drawn[][] = [[], [], [], []];
        for (const [i, one] of drawn.entries()) parts[hands[i % hands.length] ?? 0]?.push(one);
        const merged = new CaptureStats();
        for (const part of parts.toReversed()) merged.merge(statsOf(part));
        expect(text(merged)).toBe(text(statsOf(drawn)));
      }),
      { numRuns: 40 },
    );
  });

  test('is bounded, whatever comes', () => {
    const drawn = Array.from({ length: 40_000 }, (_, i) => ({
      ts: i * 977,
      node: `node-${i % 997}`,
      client: `node-${i % 991}`,
      server: `node-${i % 983}`,
      other: `node-${i % 977}`,
      ahead: i % 4000,
    }));
    const stats = statsOf(drawn);
    expect(stats.timeline.whole.size).toBeLessThanOrEqual(1024);
    expect(stats.timeline.whole.size).toBeGreaterThan(512);
    expect(stats.timeline.nodes).toHaveLength(32);
    expect(stats.views.nodes).toHaveLength(64);
    expect(stats.clocks.pairs).toHaveLength(256);
    expect(stats.windows.known).toEqual([]);
  });

  test('reads back to the same bytes', () => {
    fc.assert(
      fc.property(calls, (drawn) => {
        const profile = new Profile();
        profile.capture.merge(statsOf(drawn));
        const encoded = encodeProfile(profile);
        expect(encodeProfile(decodeProfile(encoded))).toBe(encoded);
      }),
      { numRuns: 20 },
    );
  });

  test.each([
    [
      'a run of cells longer than are kept',
      'timeline',
      { level: 0, whole: [Array(1026).fill(1)], nodes: [] },
    ],
    [
      'many runs of cells',
      'timeline',
      { level: 0, whole: [Array(900).fill(1), [5000, ...Array(900).fill(1)]], nodes: [] },
    ],
    ['a level beyond time', 'timeline', { level: 41, whole: [], nodes: [] }],
    ['a negative count', 'views', [['a', 1, -1, 0, 0]]],
    ['a sum that is no whole number', 'clocks', [['a', 'b', 1, 0.5, 0, 0]]],
    ['windows that are none', 'windows', [[1, 2], 'x']],
    ['nothing', 'clocks', undefined],
  ])('%s of a stranger is refused', (_, part, value) => {
    const encoded = JSON.parse(encodeProfile(new Profile()));
    encoded.capture[part] = value;
    expect(() => decodeProfile(JSON.stringify(encoded))).toThrow(RangeError);
  });
});
