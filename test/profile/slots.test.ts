import { expect, it } from 'vitest';
import { LatencyProfile } from '../../src/profile/latency.ts';
import { SlotCounts } from '../../src/profile/slot-counts.ts';
import { TimeGrid } from '../../src/profile/time-cells.ts';

it('time is kept in sixteen slots, twice as wide where that is too few', () => {
  const grid = new TimeGrid();
  const added = Array.from({ length: 17 }, (_, i) => grid.add(i * 1000));
  expect(added).toEqual([...Array(16).fill(0), 1]);
  expect([grid.level, grid.slots.length, grid.slotOf(17_999)]).toEqual([1, 9, 8]);
  expect(grid.coarsenTo(3)).toBe(2);
  expect(grid.coarsenTo(2)).toBe(0);
  expect(grid.slots).toEqual([0, 1, 2]);
  expect(grid.addSlots(Array.from({ length: 40 }, (_, i) => i))).toBe(2);
  expect(grid.add(0)).toBe(0);
  expect(new TimeGrid(2, [3, 1]).slots).toEqual([1, 3]);
});

it('latencies are kept by slot', () => {
  const made = new LatencyProfile();
  made.add(3, 1, 10);
  made.add(-1, 1, 20);
  made.add(3, 0, 30);
  made.add(3, 1, 40);
  const slots = made.bySlot().map((sketch) => [sketch.count, Math.round(sketch.mean())]);
  expect(slots).toEqual([
    [1, 20],
    [3, 27],
  ]);
  made.coarsen(2);
  expect(made.bySlot().map((sketch) => sketch.count)).toEqual([1, 3]);
  expect(made.total().count).toBe(4);
});

it('counts are kept by slot', () => {
  const counts = new SlotCounts();
  counts.add(5);
  counts.add(5, 2);
  counts.add(-1);
  expect([counts.total, counts.get(5), counts.get(4), [...counts.slots()]]).toEqual([
    4,
    3,
    0,
    [5, -1],
  ]);
  expect(counts.toJSON()).toEqual([-1, 1, 5, 3]);
  counts.coarsen(2);
  expect(counts.toJSON()).toEqual([-1, 1, 1, 3]);
  counts.merge(SlotCounts.fromJSON([1, 2]));
  expect(counts.toJSON()).toEqual([-1, 1, 1, 5]);
});
