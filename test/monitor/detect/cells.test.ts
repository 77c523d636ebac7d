import { expect, it } from 'vitest';
import { Cells } from '../../../src/monitor/detect/cells.ts';
import { FINAL_MS, slotAt } from '../../../src/monitor/slot.ts';

const START = Date.UTC(2026, 10, 2, 9);

/** Sums of one cell, seen from each slot of an hour, where each slot shows 1 and is learned late. */
function sumsOf(interval: number): number[] {
  const cells = new Cells(12);
  const lag = Math.ceil(FINAL_MS / interval);
  return Array.from({ length: 3_600_000 / interval }, (_, i) => {
    const learned = slotAt(START + (i - lag) * interval, interval);
    if (i >= lag) cells.add('orders', learned, [1]);
    return cells.sums('orders', slotAt(START + i * interval, interval), 1, [1])[0] ?? 0;
  });
}

it('a cell of five minutes holds more than the slot itself, wherever in it that is', () => {
  const [first, ...rest] = sumsOf(10_000).slice(30);
  expect(first).toBeGreaterThan(10);
  expect(Math.min(...rest)).toBeGreaterThan(10);
});

it('slots as long as a cell are summed alone', () => {
  expect(new Set(sumsOf(300_000))).toEqual(new Set([1]));
});
