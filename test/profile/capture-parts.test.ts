import { describe, expect, it } from 'vitest';
import { Clocks } from '../../src/profile/capture-clocks.ts';
import { CaptureStats } from '../../src/profile/capture-stats.ts';
import { Timeline } from '../../src/profile/capture-timeline.ts';
import { Views } from '../../src/profile/capture-views.ts';
import { CaptureWindows } from '../../src/profile/capture-windows.ts';
import { call, endpoint } from '../support/calls.ts';

const again = <T>(value: T, read: (json: never) => T) => {
  const text = JSON.stringify(value);
  expect(JSON.stringify(read(JSON.parse(text) as never))).toBe(text);
};

describe('when calls came', () => {
  const timeline = (times: readonly number[], node?: string, ...others: string[]) => {
    const made = new Timeline();
    const sightings = others.map((name) => ({ node: name, ahead: 0 }));
    for (const ts of times) made.observe(call({ ts, node, sightings }));
    return made;
  };

  it('is told by the second, and by the node', () => {
    const made = timeline([0, 999, 1000, 2500], 'a', 'b');
    made.merge(timeline([1500]));
    expect(made.width).toBe(1000);
    const cells = [
      [0, 2],
      [1, 1],
      [2, 1],
    ];
    expect([...made.whole]).toEqual([
      [0, 2],
      [1, 2],
      [2, 1],
    ]);
    expect(made.nodes.map(([name, seen]) => [name, [...seen]])).toEqual([
      ['a', cells],
      ['b', cells],
    ]);
    again(made, Timeline.fromJSON);
  });

  it('is told in cells twice as wide where there are more than 1024', () => {
    const seconds = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => (from + i) * 1000);
    expect(timeline(seconds(0, 1024), 'a').width).toBe(1000);
    const made = timeline(seconds(0, 1025), 'a');
    expect(made.width).toBe(2000);
    expect([...made.whole].slice(-2)).toEqual([
      [511, 2],
      [512, 1],
    ]);
    expect([...(made.nodes[0]?.[1] ?? [])].slice(-2)).toEqual([...made.whole].slice(-2));
    const [few, wide] = [timeline([0, 1000], 'a'), timeline(seconds(0, 1025), 'a')];
    few.merge(wide);
    expect([few.width, few.whole.get(0)]).toEqual([2000, 4]);
    made.merge(timeline([0, 1000], 'a'));
    expect([made.width, made.whole.get(0)]).toEqual([2000, 4]);
    const [left, right] = [timeline(seconds(0, 1000)), timeline(seconds(1000, 1400))];
    left.merge(right);
    expect([left.width, left.whole.size]).toEqual([2000, 700]);
  });
});

it('what each node saw of the calls between two is counted at both ends', () => {
  const views = new Views();
  const between = (client: string | undefined, server: string | undefined, ...seenBy: string[]) => {
    const [node, ...others] = seenBy;
    const ends = {
      src: { ...endpoint('a'), node: client },
      dst: { ...endpoint('b'), node: server },
    };
    views.observe({
      ...call({}),
      ...ends,
      node,
      sightings: others.map((one) => ({ node: one, ahead: 0 })),
    });
  };
  between('n1', 'n2', 'n1', 'x', 'n2');
  between('n1', 'n2', 'n2');
  between('n1', 'n2', 'x');
  between('n1', 'n1', 'n1');
  between(undefined, 'n2', 'n2');
  between('n1', undefined, 'n1');
  const other = new Views();
  other.merge(views);
  other.merge(views);
  expect(views.nodes).toEqual([
    ['n1', { client: { ends: 3, seen: 1 }, server: { ends: 0, seen: 0 } }],
    ['n2', { client: { ends: 0, seen: 0 }, server: { ends: 3, seen: 2 } }],
  ]);
  expect(other.nodes[1]?.[1].server).toEqual({ ends: 6, seen: 4 });
  again(views, Views.fromJSON);
});

it('clocks are told by pairs of nodes, within a minute', () => {
  const clocks = new Clocks();
  const seen = (node: string | undefined, other: string, ahead: number | undefined) =>
    clocks.observe(call({ node, sightings: [{ node: other, ahead }] }));
  seen('a', 'b', 4);
  seen('b', 'a', 2);
  seen('a', 'b', undefined);
  seen(undefined, 'b', 9);
  clocks.observe(call({ node: 'a' }));
  const early = (cause: string | undefined, node: string | undefined, lead: number) =>
    clocks.observeEarly(call({ node: cause }), call({ node }), lead);
  early('b', 'a', 7);
  early('a', 'c', 100_000);
  early('a', 'a', 7);
  early(undefined, 'a', 7);
  early('a', undefined, 7);
  expect(clocks.pairs).toEqual([
    { nodes: ['a', 'b'], twice: 2, ahead: 1, early: 1, lead: 7 },
    { nodes: ['a', 'c'], twice: 0, ahead: 0, early: 1, lead: 60_000 },
  ]);
  const both = new Clocks();
  both.merge(clocks);
  both.merge(clocks);
  expect(both.pairs[0]).toEqual({ nodes: ['a', 'b'], twice: 4, ahead: 1, early: 2, lead: 7 });
  again(clocks, Clocks.fromJSON);
});

it('windows are known up to 32, in order, in whole milliseconds', () => {
  const windows = new CaptureWindows();
  windows.add({ start: 5.5, end: 9.1 });
  windows.add({ start: 5, end: 10 });
  windows.add({ start: 5, end: 8 });
  windows.add({ start: 1, end: 2 });
  const known = [
    { start: 1, end: 2 },
    { start: 5, end: 8 },
    { start: 5, end: 10 },
  ];
  expect(windows.known).toEqual(known);
  again(windows, CaptureWindows.fromJSON);
  const many = new CaptureWindows();
  for (let i = 0; i < 32; i++) many.add({ start: i, end: i });
  expect(many.known).toHaveLength(32);
  many.add({ start: 32, end: 32 });
  many.add({ start: 33, end: 33 });
  expect(many.known).toEqual([]);
  expect(many.toJSON()).toBeNull();
  again(many, CaptureWindows.fromJSON);
  windows.merge(many);
  expect(windows.known).toEqual([]);
});

it('a capture spans its first and last call, in whole milliseconds', () => {
  const stats = (...times: number[]) => {
    const made = new CaptureStats();
    for (const ts of times) made.observe(call({ ts }));
    return made;
  };
  const made = stats(5.5, 2.2, 4);
  expect([made.start, made.end]).toEqual([2, 6]);
  made.merge(stats());
  expect([made.start, made.end]).toEqual([2, 6]);
  made.merge(stats(1, 9));
  expect([made.start, made.end, made.calls]).toEqual([1, 9, 5]);
  const empty = stats();
  empty.merge(stats(3));
  expect([empty.start, empty.end]).toEqual([3, 3]);
  for (let i = 0; i < 120; i++) empty.addProblem({ code: 'incomplete', message: `${i + 100}` });
  empty.addProblem({ code: 'bad-records', message: 'x' });
  expect(empty.problems).toHaveLength(100);
  expect(empty.problems[0]?.code).toBe('bad-records');
  expect(empty.problems[99]?.message).toBe('198');
});
