import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Hour } from '../../../src/monitor/learned/hour.ts';
import { slotAt } from '../../../src/monitor/slot.ts';
import { callAt } from '../calls.ts';
import { viewOf } from '../views.ts';

const START = Date.UTC(2026, 10, 2, 9);
const drawnCall = fc.record({
  ts: fc.integer({ min: START, max: START + 3_599_999 }),
  from: fc.constantFrom('web', 'jobs'),
  to: fc.constantFrom('orders', 'stock'),
  status: fc.constantFrom(200, 404, 503),
  latency: fc.option(fc.double({ min: 0.1, max: 5_000, noNaN: true }), { nil: undefined }),
});
const text = (hour: Hour) => JSON.stringify(hour.toJSON());

/** One hour a slot, in the given order of slots. */
function hoursOf(calls: readonly ReturnType<typeof callAt>[]): Hour[] {
  const slots = Map.groupBy(calls, ({ ts }) => slotAt(ts, 300_000).start);
  return [...slots].map(([start, own]) => {
    const hour = new Hour(START);
    hour.add(viewOf(slotAt(start, 300_000), own));
    return hour;
  });
}

it('an hour is the same whatever its slots come in', () => {
  fc.assert(
    fc.property(
      fc.array(drawnCall, { minLength: 1, maxLength: 60 }).map((all) => all.map(callAt)),
      fc.func(fc.integer()),
      (calls, order) => {
        const whole = new Hour(START);
        for (const hour of hoursOf(calls)) whole.merge(hour);
        const shuffled = new Hour(START);
        for (const hour of hoursOf(calls).sort((a, b) => order(text(a)) - order(text(b)))) {
          shuffled.merge(hour);
        }
        expect(text(shuffled)).toBe(text(whole));
      },
    ),
    { numRuns: 50 },
  );
});

it('an hour comes back from its file byte for byte', () => {
  fc.assert(
    fc.property(fc.array(drawnCall, { maxLength: 40 }), (drawn) => {
      const hour = new Hour(START);
      for (const one of hoursOf(drawn.map(callAt))) hour.merge(one);
      expect(text(Hour.fromJSON(JSON.parse(text(hour))))).toBe(text(hour));
    }),
    { numRuns: 50 },
  );
});

it('does not know of an hour of before bodies were asked how many told of errors', () => {
  const hour = new Hour(START);
  hour.add(viewOf(slotAt(START, 300_000), [callAt({ ts: START, to: 'orders' })]));
  const old = JSON.parse(text(hour));
  for (const operation of old.operations) delete operation.told;
  const [known, unknown] = [hour, Hour.fromJSON(old)].map((one) => one.operations.values().next());
  expect([known?.value?.told, unknown?.value?.told]).toEqual([0, undefined]);
  hour.merge(Hour.fromJSON(old));
  expect(text(hour)).not.toContain('told');
});

it.each([
  undefined,
  {},
  { hourVersion: 2 },
  { hourVersion: 1, start: 'x', observed: 0, operations: [] },
  { hourVersion: 1, start: 0, observed: 0, operations: [{ name: { operation: 7 } }] },
])('refuses what is no hour: %j', (json) => {
  expect(() => Hour.fromJSON(json)).toThrow(RangeError);
});

it('an hour remembers so many operations and no more', () => {
  const hour = new Hour(START);
  for (const slot of [0, 1, 2].map((i) => slotAt(START + i * 300_000, 300_000))) {
    const calls = Array.from({ length: 4_000 }, (_, i) =>
      callAt({ ts: slot.start + i, to: `h${slot.start + i}` }),
    );
    hour.add(viewOf(slot, calls));
  }
  expect(hour.operations.size).toBe(10_000);
});
