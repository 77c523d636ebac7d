import { describe, expect, it } from 'vitest';
import { Clocks } from '../../src/profile/capture-clocks.ts';
import { Timeline } from '../../src/profile/capture-timeline.ts';
import { Views } from '../../src/profile/capture-views.ts';
import { CaptureWindows } from '../../src/profile/capture-windows.ts';
import { decodeProfile } from '../../src/profile/codec.ts';
import { upgraded } from '../../src/profile/format-version.ts';
import { LatencyProfile } from '../../src/profile/latency.ts';
import { MessageProfile } from '../../src/profile/message.ts';
import { HeaderProfile } from '../../src/profile/message-headers.ts';
import { Sketch } from '../../src/profile/sketch.ts';
import { SlotCounts } from '../../src/profile/slot-counts.ts';
import { Slowest } from '../../src/profile/slowest.ts';
import { windowsOf } from '../../src/profile/windows-codec.ts';
import type { Json } from '../../src/support/json.ts';
import { refuses } from './refuses.ts';

const message = JSON.parse(JSON.stringify(new MessageProfile()));
const header = (names: unknown, capped = false) => ({ capped, names });
const time = (level: Json, whole: Json = [], nodes: Json = []) => ({
  level,
  whole,
  nodes,
});
const many = <T>(length: number, of: (i: number) => T) => Array.from({ length }, (_, i) => of(i));

describe('damaged', () => {
  refuses([
    [
      'a sketch',
      Sketch.fromJSON,
      'not a sketch',
      [null, {}, { length: 1 }, [], [1, 2], [-1], ['0'], [0, 1, 0], [0, 1, -1], [0, 1.5, 1]],
    ],
    ['a sketch with a bucket twice', Sketch.fromJSON, 'not a sketch', [[0, 1, 1, 1, 1]]],
    [
      'slowest calls',
      Slowest.fromJSON,
      'not slowest calls',
      [null, {}, ['a'], [[]], [['a']], [[7, 5]], [['a', '5']], [{ 0: 'a', 1: 5 }]],
    ],
    [
      'latencies',
      LatencyProfile.fromJSON,
      'not a latency profile',
      [null, {}, [1], [['1', [0]]], [[0.5, [0]]], [{ 0: 1, 1: [0] }]],
    ],
    [
      'counts by slot',
      SlotCounts.fromJSON,
      'not counts by slot',
      [null, {}, { length: 2 }, [1], [0.5, 1], [1, 0.5], [1, 0], ['1', 1]],
    ],
    [
      'headers',
      HeaderProfile.fromJSON,
      'not headers',
      [header([['a', 1, { capped: false, counts: [] }, []]], true)],
    ],
    [
      'a message',
      MessageProfile.fromJSON,
      'not a kind of body',
      [{ ...message, kinds: [['yaml', 1, [], { types: [] }]] }],
    ],
    ['times', Timeline.fromJSON, 'not a level of time', [time(41)]],
    [
      'times',
      Timeline.fromJSON,
      'too many cells of time',
      [
        time(0, [
          [0, ...many(1024, () => 1)],
          [2000, 1],
        ]),
      ],
    ],
    [
      'times',
      Timeline.fromJSON,
      'not a schema',
      [
        time(
          0,
          many(1025, (i) => [2 * i, 1]),
        ),
      ],
    ],
    ['times', Timeline.fromJSON, 'not a schema', [time(0, [[0, ...many(1025, () => 1)]])]],
    [
      'times',
      Timeline.fromJSON,
      'not a schema',
      [
        time(
          0,
          [],
          many(33, (i) => [`${i}`, []]),
        ),
      ],
    ],
    ['times', Timeline.fromJSON, 'not a schema', [time(0, [], [['a', [], 1]]), time(0, [[]])]],
    ['times', Timeline.fromJSON, 'not a schema', [time(0, [], [['a'.repeat(513), []]])]],
    ['clocks', Clocks.fromJSON, 'not a schema', [[['a', 'b', 1, 1, 1, 1, 1]]]],
    ['clocks', Clocks.fromJSON, 'not a schema', [many(257, (i) => [`${i}`, 'b', 1, 1, 1, 1])]],
    ['what nodes saw', Views.fromJSON, 'not a schema', [[['a', 1, 1, 1, 1, 1]]]],
    ['what nodes saw', Views.fromJSON, 'not a schema', [many(65, (i) => [`${i}`, 1, 1, 1, 1])]],
    ['windows', CaptureWindows.fromJSON, 'not a schema', [[[1, 2, 3]], many(33, (i) => [i, i])]],
    ['a profile', (text) => decodeProfile(text), 'it is not JSON', ['{', '']],
    ['a profile', (text) => decodeProfile(text), 'top level: ', ['7', '"x"']],
    [
      'windows',
      (text) => windowsOf(JSON.parse(text)),
      'top level: ',
      ['null', '7', '{"wireproof":"profile","windowsVersion":1,"windows":[7],"x":1}'],
    ],
  ]);
});

it('what has just enough is read', () => {
  const full = [0, ...many(1023, () => 1)];
  expect(Timeline.fromJSON(time(40, [full], [['a'.repeat(512), [full]]])).whole.size).toBe(1023);
  expect(CaptureWindows.fromJSON(many(32, (i) => [i, i])).known).toHaveLength(32);
  expect(Views.fromJSON(many(64, (i) => [`${i}`, 1, 1, 1, 1])).nodes).toHaveLength(64);
  expect(Clocks.fromJSON(many(256, (i) => [`${i}`, 'b', 1, 1, 1, 1])).pairs).toHaveLength(256);
});

describe('a document of another version', () => {
  const versions = new Map([
    [1, (json: object) => ({ ...json, was: 1 })],
    [2, (json: object) => json],
  ]);

  it('is brought to the current form', () => {
    expect(upgraded({ version: 1 }, 'version', versions)).toEqual({ version: 1, was: 1 });
    expect(upgraded({ version: 2 }, 'version', versions)).toEqual({ version: 2 });
  });

  it('that is newer is refused, and says of which', () => {
    expect(() => upgraded({ version: 3 }, 'version', versions)).toThrow(
      'it was written by a newer Wireproof (version 3; this one reads up to 2)',
    );
    expect(() =>
      windowsOf(JSON.parse('{"wireproof":"profile","windowsVersion":9,"windows":[]}')),
    ).toThrow('windowsVersion 9; this one reads up to 1');
    const inside = '{"wireproof":"profile","windowsVersion":1,"windows":[{"version":7}]}';
    expect(() => windowsOf(JSON.parse(inside))).toThrow(
      /^it was written by a newer Wireproof \(version 7/,
    );
  });

  it.each([null, 7, 'x', {}, { version: 0 }, { version: '3' }, { version: 1.5 }])(
    'that is none is left to its schema: %j',
    (json) => {
      expect(upgraded(json, 'version', versions)).toBe(json);
    },
  );
});
