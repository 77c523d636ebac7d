import { describe, expect, it } from 'vitest';
import type { Body } from '../../src/calls/call.ts';
import { type Target, targetOf } from '../../src/calls/target.ts';
import { CaptureStats } from '../../src/profile/capture-stats.ts';
import { Timeline } from '../../src/profile/capture-timeline.ts';
import { decodeProfile, encodeProfile } from '../../src/profile/codec.ts';
import { Families } from '../../src/profile/families.ts';
import { LatencyProfile } from '../../src/profile/latency.ts';
import { mergeAll } from '../../src/profile/merge-all.ts';
import { Profile } from '../../src/profile/profile.ts';
import { SlotCounts } from '../../src/profile/slot-counts.ts';
import { TimeGrid } from '../../src/profile/time-cells.ts';
import { byTime } from '../../src/profile/windows-codec.ts';
import { hash32 } from '../../src/support/hash.ts';
import { call } from '../support/calls.ts';

const target = (given: Partial<Target>): Target => ({
  ...targetOf(call({ to: 'orders', path: '/a' })),
  ...given,
});

describe('families', () => {
  const counted = (families: Families) =>
    families.all.map(({ family, operations }) => [
      family.workload,
      [...operations.leaves()].map(([at, { count }]) => `${at.join('/')} ${count}`),
    ]);
  const observe = (families: Families, ...targets: readonly Target[]) => {
    for (const one of targets)
      families.operation(one, one.segments).observe(call({ to: 'orders' }), 0);
  };

  it('differ by each of workload, protocol, method, separator and mutation', () => {
    const families = new Families();
    const all = [
      target({}),
      target({ workload: 'users' }),
      target({ protocol: 'grpc' }),
      target({ method: 'PUT' }),
      target({ separator: ':' }),
      target({ mutation: true }),
    ];
    observe(families, ...all, ...all);
    expect(counted(families).map(([, leaves]) => leaves)).toEqual(Array(6).fill(['a 2']));
    expect(families.overflowed).toBe(false);
  });

  it('that made room for another are counted with the others from then on', () => {
    const names = ['a', 'b', 'c', 'd'].map((workload) => target({ workload }));
    const key = ({ workload, protocol, method, separator, mutation }: Target) =>
      hash32(JSON.stringify([workload, protocol, method, separator, mutation]));
    const [least, ...more] = names.toSorted((a, b) => key(a) - key(b)) as [Target, ...Target[]];
    const families = new Families(1);
    observe(families, ...more.toReversed(), least, ...more, least);
    expect(families.overflowed).toBe(true);
    expect(Object.fromEntries(counted(families))).toEqual({
      '(others)': [' 6'],
      [least.workload]: ['a 2'],
    });
    const merged = new Families(1);
    observe(merged, ...more);
    merged.merge(families);
    expect(Object.fromEntries(counted(merged))).toEqual({
      '(others)': [' 9'],
      [least.workload]: ['a 2'],
    });
  });

  it('that were too many are so when they are read back', () => {
    const profile = new Profile(new TimeGrid(), 1);
    for (const to of ['a', 'b', 'c']) {
      const one = call({ to, path: '/x' });
      profile.observe(one, targetOf(one));
    }
    const text = encodeProfile(profile);
    const read = decodeProfile(text);
    expect(encodeProfile(read)).toBe(text);
    expect(read.capture.problems).toEqual(profile.capture.problems);
    expect(read.capture.problems).toHaveLength(1);
  });
});

describe('what is kept of a capture', () => {
  const bodies: readonly Body[] = [
    { state: 'absent' },
    { state: 'whole', text: 'x' },
    { state: 'binary', bytes: Uint8Array.from([1]) },
    { state: 'cut', text: 'x' },
    { state: 'redacted', text: 'x' },
    { state: 'unseen', text: '' } as never,
  ];

  it('counts bodies by their state, those of requests and of responses', () => {
    const stats = new CaptureStats();
    for (const body of bodies) stats.observe(call({ requestBody: body }));
    for (const body of bodies) stats.observe(call({ responseBody: body }));
    const each = { whole: 2, binary: 2, cut: 2, redacted: 2, unseen: 2, absent: 14 };
    expect(stats.bodies).toEqual(each);
    stats.duplicates = 3;
    stats.badRecords = 4;
    const sum = new CaptureStats();
    sum.merge(stats);
    sum.merge(stats);
    expect(sum.bodies).toEqual({ whole: 4, binary: 4, cut: 4, redacted: 4, unseen: 4, absent: 28 });
    expect([sum.calls, sum.duplicates, sum.badRecords]).toEqual([24, 6, 8]);
  });

  it('speaks of bodies that are not shown only where there are some', () => {
    const stats = new CaptureStats();
    stats.observe(call({}));
    expect(stats.toJSON()).toMatchObject({ bodies: { absent: 2, whole: 0 } });
    expect(JSON.stringify(stats)).not.toContain('unseen');
    stats.observe(call({ responseBody: bodies[5] as Body }));
    expect(stats.toJSON()).toMatchObject({ bodies: { unseen: 1 } });
  });

  it('spans times before 1970 too', () => {
    const stats = new CaptureStats();
    for (const ts of [-9.5, -5.5]) stats.observe(call({ ts }));
    expect([stats.start, stats.end]).toEqual([-10, -5]);
  });

  it('writes times without a gap as one run', () => {
    const timeline = new Timeline();
    for (const ts of [7000, 0, 0, 1000, -1000, 5000]) timeline.observe(call({ ts, node: 'a' }));
    const runs = [
      [-1, 1, 2, 1],
      [5, 1],
      [7, 1],
    ];
    expect(timeline.toJSON()).toEqual({ level: 0, whole: runs, nodes: [['a', runs]] });
  });
});

describe('a grid of time', () => {
  it('gets no coarser than cells of 2^40 seconds', () => {
    const grid = new TimeGrid(
      39,
      Array.from({ length: 16 }, (_, i) => 4 * i),
    );
    expect(grid.addSlots([400])).toBe(1);
    expect([grid.level, grid.slots.length, grid.slots[1]]).toEqual([40, 17, 2]);
  });

  it('holds a slot for each cell that was seen, once', () => {
    const grid = new TimeGrid();
    for (const ts of [0, 999, 1000, -1]) grid.add(ts);
    expect(grid.slots).toEqual([-1, 0, 1]);
  });
});

describe('latencies', () => {
  it('that are merged leave what they came from as it was', () => {
    const [one, other] = [new LatencyProfile(), new LatencyProfile()];
    other.add(1, 0, 10);
    const before = JSON.stringify(other);
    one.merge(other);
    one.add(1, 0, 20);
    one.merge(other);
    expect(JSON.stringify(other)).toBe(before);
    expect(one.total().count).toBe(3);
    expect(one.bySlot().map(({ count }) => count)).toEqual([3]);
  });

  it('of one slot are counted together, whichever half they are of', () => {
    const counts = SlotCounts.fromJSON([-2, 3, 5, 1]);
    expect([counts.total, counts.get(-2), counts.get(5), [...counts.slots()]]).toEqual([
      4,
      3,
      1,
      [-2, 5],
    ]);
  });
});

describe('profiles', () => {
  const at = (...times: number[]) => {
    const profile = new Profile();
    for (const ts of times) {
      const one = call({ id: `c${ts}`, ts, to: 'orders' });
      profile.observe(one, targetOf(one));
    }
    return profile;
  };

  it('are in order of their start, the empty ones as if at 0, ties by what they hold', () => {
    const sorted = [at(5), at(2, 9), at(), at(-1), at(2)].sort(byTime);
    expect(sorted.map(({ capture }) => [capture.start, capture.end])).toEqual([
      [-1, -1],
      [null, null],
      [2, 2],
      [2, 9],
      [5, 5],
    ]);
    expect(byTime(at(2), at(2))).toBe(0);
    expect(Math.sign(byTime(at(2), at(2, 9)))).toBe(-Math.sign(byTime(at(2, 9), at(2))));
  });

  it('become one of all, on the coarsest grid', () => {
    const times = Array.from({ length: 40 }, (_, i) => i * 1000);
    const parts = [times.slice(0, 3), times.slice(3, 39), times.slice(39), []];
    const whole = encodeProfile(at(...times));
    expect(encodeProfile(mergeAll(parts.map((part) => at(...part))))).toBe(whole);
    expect(encodeProfile(mergeAll(parts.map((part) => at(...part)).reverse()))).toBe(whole);
    expect(encodeProfile(mergeAll([]))).toBe(encodeProfile(new Profile()));
  });
});
