import { describe, expect, it } from 'vitest';
import type { ChildCall } from '../../src/profile/fanout.ts';
import { childKey, readChildKey } from '../../src/profile/fanout-child.ts';
import { multisetOf, readMultiset, WIDE } from '../../src/profile/fanout-multiset.ts';
import { precedences, readRelation } from '../../src/profile/fanout-order.ts';
import { Retries } from '../../src/profile/fanout-retries.ts';
import { call } from '../support/calls.ts';
import { caused } from './caused.ts';
import { target } from './fanout-target.ts';

const child = (
  name: string,
  ts: number,
  latency: number | undefined = 2,
  status: string | undefined = '200',
  given: Partial<ChildCall['call']> = {},
): ChildCall =>
  caused(
    { ...call({ to: 'db', id: `${name}@${ts}`, ts, latency, status }), ...given },
    target(name),
  );
const grouped = (...children: ChildCall[]) =>
  Map.groupBy(children, (one) => one.target.segments[0] ?? '');

describe('the order of two targets', () => {
  const order = (...children: ChildCall[]) =>
    precedences(grouped(...children)).map((line) => line.replaceAll('\n', ''));

  it.each([
    ['one after the other', [child('x', 1, 2), child('y', 5)], ['x<y']],
    ['the other way round', [child('x', 5), child('y', 1, 2)], ['y<x']],
    ['ended within the millisecond', [child('x', 1, 5), child('y', 5)], ['x<y']],
    ['ended within it, the other way round', [child('y', 1, 5), child('x', 5)], ['y<x']],
    ['ended later', [child('x', 1, 6), child('y', 5)], ['x~y']],
    ['ended later, the other way round', [child('y', 1, 6), child('x', 5)], ['x~y']],
    ['begun in the same millisecond', [child('x', 1, 0), child('y', 1)], ['x~y']],
    ['the last begun so', [child('x', 1, 0), child('x', 5, 0), child('y', 5)], ['x~y']],
    [
      'the last begun so, the other way round',
      [child('y', 1, 0), child('y', 5, 0), child('x', 5)],
      ['x~y'],
    ],
    [
      'never ended',
      [{ ...child('x', 1), call: call({ ts: 1, latency: undefined }) }, child('y', 5)],
      ['x~y'],
    ],
    ['interleaved', [child('x', 1), child('y', 5), child('x', 9)], ['x~y']],
    ['three', [child('z', 9), child('x', 1), child('y', 5)], ['x<y', 'x<z', 'y<z']],
    ['one target', [child('x', 1), child('x', 5)], []],
  ])('%s', (_, children, expected) => {
    expect(order(...children)).toEqual(expected);
  });

  it('is kept of up to 24 targets', () => {
    const many = (size: number) =>
      grouped(...Array.from({ length: size }, (_, i) => child(`t${i}`, 10 * i)));
    expect(precedences(many(24))).toHaveLength((24 * 23) / 2);
    expect(precedences(many(25))).toEqual([]);
  });

  it('reads back', () => {
    expect(readRelation('a\n<\nb')).toEqual(['a', '<', 'b']);
    expect(readRelation('a\n~\nb')).toEqual(['a', '~', 'b']);
    for (const line of ['a\n<', 'a', 'a\n=\nb', ''])
      expect(() => readRelation(line)).toThrow(RangeError);
  });
});

describe('the multiset of targets', () => {
  it('reads back', () => {
    const text = multisetOf(grouped(child('y', 1), child('x', 2), child('y', 3)));
    expect(text).toBe('1 x\n2 y');
    expect(readMultiset(text)).toEqual([
      ['x', 1],
      ['y', 2],
    ]);
    expect(multisetOf(new Map())).toBe('');
    expect(readMultiset('')).toEqual([]);
  });

  it('is kept of up to 48 targets', () => {
    const many = (size: number) =>
      multisetOf(grouped(...Array.from({ length: size }, (_, i) => child(`t${i}`, i))));
    expect(readMultiset(many(48))).toHaveLength(48);
    expect(many(49)).toBe(WIDE);
    expect(readMultiset(WIDE)).toBeUndefined();
  });

  it.each(['x', ' x', '0 x', '-1 x', '1.5 x', 'a b', '1 x\ny'])('refuses %j', (text) => {
    expect(() => readMultiset(text)).toThrow(RangeError);
  });
});

describe('the key of a target', () => {
  it('reads back', () => {
    for (const separator of ['/', ':', '.', ''] as const) {
      const { segments, ...family } = { ...target('a'), separator, mutation: true };
      expect(readChildKey(childKey({ ...family, segments }))).toEqual({ family, segments });
    }
  });

  it.each([
    '{',
    '{}',
    '[1,"h","G","/",false]',
    '["w",1,"G","/",false]',
    '["w","h",1,"/",false]',
    '["w","h","G","-",false]',
    '["w","h","G","/",0]',
    '["w","h","G","/",false,1]',
  ])('refuses %s', (key) => {
    expect(() => readChildKey(key)).toThrow(RangeError);
  });
});

describe('repeats', () => {
  const told = (...attempts: ChildCall[]) => {
    const retries = new Retries();
    retries.observe(attempts);
    return [
      retries.calls,
      retries.handled,
      retries.spacing.map((sketch) =>
        sketch.count === 0 ? '' : `${sketch.count}×${Math.round(sketch.mean())}`,
      ),
    ];
  };

  it.each([
    ['none', [child('x', 0), child('x', 50)], [0, 0, ['', '', '', '']]],
    ['one', [child('x', 0, 10, '503'), child('x', 30)], [1, 1, ['1×20', '', '', '']]],
    [
      'begun before the failure ended',
      [child('x', 0, 10, '503'), child('x', 8)],
      [0, 0, ['', '', '', '']],
    ],
    [
      'begun in the millisecond of it',
      [child('x', 0, 10, '503'), child('x', 9)],
      [1, 1, ['1×0', '', '', '']],
    ],
    [
      'six in a row, the last with the fourth',
      [0, 30, 60, 90, 120, 150].map((ts) => child('x', ts, 10, '500')),
      [5, 1, ['1×20', '1×20', '1×20', '2×20']],
    ],
    [
      'one, a success, and one again',
      [child('x', 0, 10, '429'), child('x', 30), child('x', 90, 10, '408'), child('x', 150)],
      [2, 1, ['2×35', '', '', '']],
    ],
  ])('%s', (_, attempts, expected) => {
    expect(told(...attempts)).toEqual(expected);
  });

  it('add up and read back', () => {
    const [a, b] = [new Retries(), new Retries()];
    a.observe([child('x', 0, 10, '503'), child('x', 30)]);
    b.observe([child('x', 0, 10, '503'), child('x', 50)]);
    a.merge(b);
    expect([a.calls, a.handled, a.spacing[0]?.count]).toEqual([2, 2, 2]);
    const text = JSON.stringify(a);
    expect(JSON.stringify(Retries.fromJSON(JSON.parse(text)))).toBe(text);
    expect(new Retries().toJSON()).toBeNull();
  });
});
