import { describe, expect, test } from 'vitest';
import { encodeProfile, parseJson } from '../../src/profile/codec.ts';
import { profileWindows } from '../../src/profile/profile-windows.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import { encodeWindows, windowsOf } from '../../src/profile/windows-codec.ts';
import { parseRecord } from '../../src/sources/record.ts';
import { call } from '../support/calls.ts';
import { generateRecords } from '../support/records.ts';

function profile(ts: number) {
  const profiler = new Profiler();
  profiler.push({ kind: 'call', call: call({ ts, to: 'orders', path: '/api/orders' }) });
  return profiler.finish();
}

describe('a file of windows', () => {
  test('gives back the windows, in order of time whatever the order they came in', () => {
    const text = encodeWindows([profile(3_000), profile(1_000), profile(2_000)]);
    expect(encodeWindows([profile(2_000), profile(3_000), profile(1_000)])).toBe(text);
    const windows = windowsOf(parseJson(text));
    expect(windows.map(({ capture }) => capture.start)).toEqual([1_000, 2_000, 3_000]);
    expect(encodeWindows(windows)).toBe(text);
  });

  test('of one window is a plain profile, and a plain profile is one window', () => {
    const text = encodeProfile(profile(1_000));
    expect(encodeWindows([profile(1_000)])).toBe(text);
    expect(windowsOf(parseJson(text)).map(encodeProfile)).toEqual([text]);
  });

  const plain = encodeProfile(profile(1_000)).trim();
  test.each([
    ['{"wireproof":"profile","windowsVersion":1,"windows":[]}', /windows/],
    [`{"wireproof":"profile","windowsVersion":2,"windows":[${plain}]}`, /windowsVersion/],
    [`{"wireproof":"profile","windowsVersion":1,"windows":[${plain}],"x":1}`, /nrecognized key/],
    [`{"wireproof":"profile","windowsVersion":1,"windows":[${plain},{}]}`, /windows\.1: wireproof/],
    ['[', /not JSON/],
  ])('is refused when it is %s', (text, reason) => {
    expect(() => windowsOf(parseJson(text))).toThrow(reason);
  });
});

test('windows of one capture have each call once, with what it caused', async () => {
  const observations = generateRecords({ seed: 1, requests: 300 }).map(parseRecord);
  const times = observations.flatMap((one) => (one.kind === 'call' ? [one.call.ts] : []));
  const [start, end] = [Math.min(...times), Math.max(...times)];
  const middle = Math.floor((start + end) / 2);
  const capture = () => ({
    batches: (async function* () {
      yield observations;
    })(),
    problems: [],
  });
  const spans = [
    { start, end: middle },
    { start: middle + 1, end },
  ];
  const [first, second] = await profileWindows(capture(), spans);
  const [whole] = await profileWindows(capture(), [{ start, end }]);
  if (!first || !second || !whole) throw new Error('a window lacks');
  expect(first.capture.calls).toBeGreaterThan(0);
  expect(second.capture.calls).toBeGreaterThan(0);
  first.merge(second);
  for (const span of spans) whole.capture.windows.add(span);
  first.capture.windows.add({ start, end });
  expect(encodeProfile(first)).toBe(encodeProfile(whole));
});
