import { describe, expect, test } from 'vitest';
import { encodeProfile } from '../../src/profile/codec.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import { call, json } from '../support/calls.ts';

const STATES = ['zulu', 'yankee', 'xray'];

function stored(redact: readonly string[]): string {
  const profiler = new Profiler({ redact });
  for (let i = 0; i < 60; i++) {
    const state = STATES[i % 3] as string;
    profiler.push({
      kind: 'call',
      call: call({
        id: `n/${i}`,
        ts: i * 100,
        to: 'orders',
        path: `/orders?mode=${state}`,
        requestHeaders: new Map([['cache-control', `${state}-only`]]),
        responseBody: json({
          type: state,
          level: { inner: [state], other: state },
          open: state,
          vip: i < 9,
        }),
      }),
    });
  }
  return encodeProfile(profiler.finish());
}

const words = (text: string) => STATES.filter((state) => text.includes(state));
const all = ['mode', 'cache_control', 'type', 'level', 'open'];

describe('a profile', () => {
  test('keeps members of enumerations, of fields and headers, unless they are called secret', () => {
    expect(words(stored([]))).toEqual(STATES);
    expect(words(stored(all))).toEqual([]);
  });

  test.each(all)('keeps them while %s is not called secret', (name) => {
    expect(words(stored(all.filter((one) => one !== name)))).toEqual(STATES);
  });

  test('keeps none where everything is called secret, and all names', () => {
    const text = stored(['*']);
    expect(words(text)).toEqual([]);
    expect(text).toContain('"level"');
  });

  test('keeps how often a flag was true, unless it is called secret', () => {
    expect(stored([])).toMatch(/"boolean":\[\[51,.*\[9,/);
    expect(stored(['vip'])).not.toContain('"boolean":');
  });

  test('keeps names and shapes of what is secret', () => {
    const text = stored(all);
    for (const name of ['mode', 'cache-control', 'level', 'inner', 'other']) {
      expect(text).toContain(name);
    }
  });

  test('is the same whatever was read first: redacted when it ends', () => {
    expect(stored(['TYPE', 'm*'])).toBe(stored(['type', 'mode']));
  });
});
