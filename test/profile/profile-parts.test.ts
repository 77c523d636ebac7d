import { describe, expect, it } from 'vitest';
import { targetOf } from '../../src/calls/target.ts';
import { decodeProfile, encodeProfile } from '../../src/profile/codec.ts';
import { Profile } from '../../src/profile/profile.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import { formatNames, formatsOf } from '../../src/profile/schema/formats.ts';
import { isHint } from '../../src/profile/templates-hints.ts';
import { isCollection, isVocabulary } from '../../src/profile/templates-words.ts';
import { TimeGrid } from '../../src/profile/time-cells.ts';
import { call } from '../support/calls.ts';

const observed = (profile: Profile, ...times: readonly number[]) => {
  for (const ts of times) {
    const made = call({ id: `${ts}`, ts, to: 'orders', path: '/a' });
    profile.observe(made, targetOf(made));
  }
  return profile;
};

it('a short and a long profile merge on the coarser grid, whichever takes the other', () => {
  const long = Array.from({ length: 40 }, (_, i) => i * 1000);
  const whole = encodeProfile(observed(new Profile(), ...long, 100_000));
  for (const [a, b] of [
    [long, [100_000]],
    [[100_000], long],
  ] as const) {
    const merged = observed(new Profile(), ...a);
    merged.merge(observed(new Profile(), ...b));
    expect(encodeProfile(merged)).toBe(whole);
  }
});

it('more families than are told apart make a capture less than whole, once', () => {
  const profile = new Profile(new TimeGrid(), 2);
  const seen = (to: string) => {
    const made = call({ to, path: '/' });
    profile.observe(made, targetOf(made));
  };
  seen('a');
  seen('b');
  expect(profile.capture.problems).toEqual([]);
  seen('c');
  seen('d');
  seen('a');
  expect(profile.capture.problems).toEqual([
    {
      code: 'incomplete',
      message:
        'it holds more kinds of operations than are told apart; the others are counted as one, and not judged',
    },
  ]);
  expect(profile.families).toHaveLength(3);
});

describe('records that could not be read', () => {
  const counted = (...given: readonly (number | 'bad' | { readonly at: number })[]) => {
    const profiler = new Profiler({ owns: (ts) => ts >= 10 && ts < 20 });
    for (const one of given) {
      if (typeof one === 'number')
        profiler.push({ kind: 'call', call: call({ ts: one, to: 'a' }) });
      else if (one === 'bad') profiler.push({ kind: 'bad', reason: 'x' });
      else profiler.push({ kind: 'bad', reason: 'x', ts: one.at });
    }
    return profiler.finish().capture.badRecords;
  };

  it.each([
    ['before the first call, with it', ['bad', 12], 1],
    ['before the first call, which is of another shard', ['bad', 'bad', 5, 12], 0],
    ['after a call, with it', [12, 'bad', 25], 1],
    ['after a call of another shard', [25, 'bad'], 0],
    ['at a time of their own', [5, { at: 15 }, { at: 25 }], 1],
    ['without any call', ['bad', 'bad'], 2],
    ['none', [12], 0],
  ] as const)('%s', (_, given, expected) => {
    expect(counted(...given)).toBe(expected);
  });
});

it.each([
  ['::', 'ipv6', true],
  ['1:2:3:4:5:6:7:8', 'ipv6', true],
  ['1:2:3:4:5:6:7', 'ipv6', false],
  ['1::2::3', 'ipv6', false],
  ['1:2:3:4:5:6:7::8', 'ipv6', false],
  ['1:2:3:4:5:6:7::', 'ipv6', true],
  ['1:2::3:4:5::6:7:8', 'ipv6', false],
  ['12345::', 'ipv6', false],
  ['::12345', 'ipv6', false],
  ['x1::', 'ipv6', false],
  [':', 'ipv6', false],
  ['SGVsbG8gV29ybGQhMTI=', 'base64', true],
  ['SGVsbG8gV29ybGQhMTI4=', 'base64', false],
  ['SGVsbG8gV29ybGQhMTI4', 'base64', true],
  ['SGVsbG8gV29ybGQhMTI*', 'base64', false],
  ['*SGVsbG8gV29ybGQhMTI', 'base64', false],
  ['SGVsbG8gV29ybGQh===', 'base64', false],
  ['SGVSBG8GV29YBGQHMTI4', 'base64', false],
  ['sgvsbg8gv29ybgqhmti4', 'base64', false],
  ['SGVsbGgVybGQhMTIaaaa', 'base64', false],
  [`${'aB3'.repeat(85)}a`, 'base64', true],
  [`${'aB3'.repeat(85)}aB`, 'base64', false],
])('%s is %s: %s', (text, name, expected) => {
  expect(formatNames(formatsOf(text)).includes(name)).toBe(expected);
});

it('words of web APIs are known in every form, and what names a collection', () => {
  for (const word of [
    'orders',
    'order',
    'findByStatus',
    'bulk-delete',
    'user_settings',
    'status',
  ]) {
    expect(isVocabulary(word), word).toBe(true);
  }
  for (const word of ['DB_HOST', 'xylophonist', 'a b', '', '-orders!']) {
    expect(isVocabulary(word), word).toBe(false);
  }
  for (const word of ['orders', 'people', 'userRoles', 'media'])
    expect(isCollection(word)).toBe(true);
  for (const word of ['status', 'news', 'access', 'bus', 'as', 'order']) {
    expect(isCollection(word), word).toBe(false);
  }
});

it('a hint has a place for a value, or parts', () => {
  for (const hint of ['/users/{name}', 'orders GET /v1/{tenant}', 'cart:{user}', 'a.b']) {
    expect(isHint(hint), hint).toBe(true);
  }
  for (const hint of ['users', 'a b c d', '']) expect(isHint(hint), hint).toBe(false);
});

it('text that is no profile is refused with the reason', () => {
  expect(() => decodeProfile('null')).toThrow(RangeError);
  expect(() => decodeProfile('7')).toThrow(RangeError);
  expect(() => decodeProfile('{')).toThrow('it is not JSON');
});
