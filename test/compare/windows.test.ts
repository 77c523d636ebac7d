import { describe, expect, test } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { compareWindows } from '../../src/compare/windows.ts';
import { encodeProfile } from '../../src/profile/codec.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import { call, json } from '../support/calls.ts';
import { random } from '../support/random.ts';

/** 200 requests of one operation, ten a second, answered by `make`. */
function window(seed: number, make: (i: number) => Partial<Call>): Profile {
  const next = random(seed);
  const profiler = new Profiler();
  for (let i = 0; i < 200; i++) {
    const latency = 20 + 40 * next();
    const given = make(i);
    const one = call({
      id: `${seed}/${i}`,
      ts: seed * 1_000_000 + i * 100,
      to: 'orders',
      path: '/api/orders',
      responseBody: json({ id: i, name: 'x' }),
      ...given,
      latency: latency * (given.latency ?? 1),
    });
    profiler.push({ kind: 'call', call: one });
  }
  return profiler.finish();
}

/** Requests that make `each` calls of the stock. */
function calling(seed: number, each: number): Profile {
  const profiler = new Profiler();
  for (let i = 0; i < 200; i++) {
    const ts = seed * 1_000_000 + i * 500;
    const at = { id: `${seed}/${i}`, ts, port: 20_000 + i };
    profiler.push({ kind: 'call', call: call({ ...at, to: 'orders', path: '/o', latency: 90 }) });
    for (let k = 0; k < each; k++) {
      const one = { id: `${seed}/${i}/${k}`, ts: ts + 5 + 20 * k, port: 30_000 + i };
      const made = call({ ...one, from: 'orders', to: 'stock', path: '/s', latency: 9 });
      profiler.push({ kind: 'call', call: made });
    }
  }
  return profiler.finish();
}

const plain = () => ({});
const without = () => ({ responseBody: json({ id: 1 }) });
const failing = (one: number) => (i: number) => (i % one ? {} : { status: '503' });
const slow = (factor: number) => () => ({ latency: factor });

function weights(windows: readonly Profile[], cand: Profile) {
  return compareWindows(windows, cand, { minSamples: 20 })
    .findings.filter(({ severity }) => severity !== 'info')
    .map(({ rule }) => rule);
}

describe('noise of the windows', () => {
  test.each([
    ['a field in one window and not in another', plain, without, without],
    ['a status that flaps', plain, failing(8), failing(7)],
    ['a P95 that moves', plain, slow(2.2), slow(2.2)],
  ])('%s is no finding', (_, one, other, now) => {
    const candidate = () => window(9, now);
    expect(weights([window(1, one), window(2, one)], candidate())).not.toEqual([]);
    expect(weights([window(1, one), window(2, other), window(3, one)], candidate())).toEqual([]);
  });

  test('a count of calls that moves is no finding', () => {
    expect(weights([calling(1, 1), calling(2, 1)], calling(9, 3))).toContain('call.count-changed');
    expect(weights([calling(1, 1), calling(2, 3)], calling(9, 3))).toEqual([]);
  });

  test('what is clearly larger still breaks, and so does what lies elsewhere', () => {
    const windows = () => [window(1, plain), window(2, slow(1.8)), window(3, plain)];
    expect(weights(windows(), window(9, slow(9)))).toContain('latency.p95-increased');
    expect(weights(windows(), window(9, without))).toContain('schema.field-removed');
  });
});

test('the order of the windows does not matter, and they are left as they are', () => {
  const windows = [window(1, plain), window(2, failing(8)), window(3, slow(2))];
  const texts = windows.map(encodeProfile);
  const judged = (order: readonly number[]) => {
    const inOrder = order.map((i) => windows[i] as Profile);
    const { findings } = compareWindows(inOrder, window(9, failing(3)), { minSamples: 20 });
    return JSON.stringify(findings);
  };
  expect(judged([2, 0, 1])).toBe(judged([0, 1, 2]));
  expect(judged([1])).toBe(judged([1]));
  expect(windows.map(encodeProfile)).toEqual(texts);
});
