import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byTime, LATENESS_MS, ReorderBuffer } from '../../src/calls/order.ts';

const timed = fc.record({ ts: fc.integer({ min: 0, max: 20_000 }), id: fc.string() });

function through(calls: readonly { ts: number; id: string }[]) {
  const buffer = new ReorderBuffer<{ ts: number; id: string }>();
  return [...calls.flatMap((call) => buffer.push(call)), ...buffer.flush()];
}

test('calls that come late by less than the limit come out in order', () => {
  const late = fc.integer({ min: 0, max: LATENESS_MS });
  fc.assert(
    fc.property(fc.array(fc.tuple(timed, late)), (arrivals) => {
      const arrived = arrivals
        .toSorted((a, b) => a[0].ts + a[1] - (b[0].ts + b[1]))
        .map(([call]) => call);
      expect(through(arrived).map(key)).toEqual(arrived.toSorted(byTime).map(key));
    }),
  );
});

test('nothing is lost, whatever the order', () => {
  fc.assert(
    fc.property(fc.array(timed), (calls) => {
      expect(through(calls).map(key).sort()).toEqual(calls.map(key).sort());
    }),
  );
});

test('it holds no more than the calls of the limit', () => {
  const buffer = new ReorderBuffer<{ ts: number; id: string }>();
  let held = 0;
  let most = 0;
  for (let ts = 0; ts < 60_000; ts += 10) {
    held += 1 - buffer.push({ ts, id: '' }).length;
    most = Math.max(most, held);
  }
  expect(most).toBeLessThan(LATENESS_MS / 5);
});

function key({ ts, id }: { ts: number; id: string }): string {
  return `${ts} ${id}`;
}
