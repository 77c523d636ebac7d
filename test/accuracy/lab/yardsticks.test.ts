import { expect, test } from 'vitest';
import { Draws } from '../../../scripts/accuracy/lab/draws.ts';
import { ratio } from '../../../scripts/accuracy/lab/table.ts';
import { flagged, YARDSTICKS } from '../../../scripts/accuracy/lab/yardsticks.ts';
import type { Call } from '../../../src/calls/call.ts';

const call = (over: Partial<Call>): Call => {
  const status = '200';
  return {
    status,
    latency: 1,
    responseHeaders: new Map(),
    responseBody: { state: 'absent' },
    ...over,
  } as Call;
};
const timed = (latencies: readonly number[]) => latencies.map((latency) => call({ latency }));
const answered = (bodies: readonly unknown[]) =>
  bodies.map((body) => call({ responseBody: { state: 'whole', text: JSON.stringify(body) } }));
const hundred = Array.from({ length: 100 }, (_, i) => i + 1);

test('the fixed threshold looks at P95 alone', () => {
  const judge = YARDSTICKS['P95 +20 %'];
  const base = timed(hundred);
  expect(judge({ base, cand: timed(hundred.map((x) => 1.19 * x)) })).toBe(false);
  expect(judge({ base, cand: timed(hundred.map((x) => 1.21 * x)) })).toBe(true);
  expect(judge({ base, cand: timed(hundred.map((x) => (x > 50 && x < 90 ? 90 : x))) })).toBe(false);
});

test("Kayenta's classifier fails a clear shift up, not one down, none, or one of an outlier", () => {
  const judge = YARDSTICKS['Mann-Whitney (Kayenta)'];
  const draws = new Draws('kayenta');
  const values = () => Array.from({ length: 200 }, () => draws.logNormal(20, 0.3));
  const base = timed(values());
  const again = values();
  expect(judge({ base, cand: timed(again.map((x) => 2 * x)) })).toBe(true);
  expect(judge({ base, cand: timed(again.map((x) => x / 2)) })).toBe(false);
  expect(judge({ base, cand: base })).toBe(false);
  expect(judge({ base, cand: [...base.slice(1), call({ latency: 60_000 })] })).toBe(false);
});

test("Diffy's rule reports what differs more often than the baseline from itself", () => {
  const judge = YARDSTICKS['fields (Diffy)'];
  const objects = (make: (i: number) => object) => answered(hundred.map(make));
  const base = objects((i) => ({ id: i, total: 5 }));
  expect(judge({ base, cand: objects((i) => ({ id: 1000 + i, total: 5 })) })).toBe(false);
  expect(judge({ base, cand: objects((i) => ({ id: i + 7 })) })).toBe(true);
  expect(judge({ base, cand: objects((i) => ({ id: i + 7, total: i === 3 ? null : 5 })) })).toBe(
    true,
  );
  // A field null in half of the bodies on either side differs as often in itself.
  const halves = (seed: string) => {
    const draws = new Draws(seed);
    return objects(() => ({ total: draws.chance(0.5) ? null : 5 }));
  };
  expect(judge({ base: halves('a'), cand: halves('b') })).toBe(false);
  expect(judge({ base, cand: base.map((each) => ({ ...each, status: '500' })) })).toBe(true);
});

test('operations with fewer calls than the gate needs are left alone', () => {
  const slow = { base: timed(hundred), cand: timed(hundred.map((x) => 4 * x)) };
  const few = { base: slow.base.slice(0, 19), cand: slow.cand };
  const found = flagged(new Map(Object.entries({ slow, few })));
  expect(found['P95 +20 %']).toEqual(['slow']);
  expect(found['Mann-Whitney (Kayenta)']).toEqual(['slow']);
});

test('a share is printed with its interval', () => {
  expect(ratio(3, 100)).toBe('3 of 100 (1.0–8.5 %)');
});
