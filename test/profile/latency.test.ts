import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LatencyProfile } from '../../src/profile/latency.ts';
import { MAX_SLOTS, TimeGrid } from '../../src/profile/time-cells.ts';

const times = fc.array(fc.integer({ min: 0, max: 10_000_000 }), { maxLength: 100 });

describe('TimeGrid', () => {
  test('ends in the same grid whatever the order, with few slots', () => {
    fc.assert(
      fc.property(times, fc.infiniteStream(fc.nat()), (ts, random) => {
        const one = new TimeGrid();
        for (const t of ts) one.add(t);
        const order = ts.map((t) => [random.next().value, t] as const).sort((a, b) => a[0] - b[0]);
        const other = new TimeGrid();
        for (const [, t] of order) other.add(t);
        expect(other.level).toBe(one.level);
        expect(other.slots).toEqual(one.slots);
        expect(one.slots.length).toBeLessThanOrEqual(MAX_SLOTS);
      }),
    );
  });
});

describe('LatencyProfile', () => {
  test('coarsening commutes with adding', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(1000), fc.integer(), fc.nat(500))),
        fc.nat(5),
        (cells, levels) => {
          const late = new LatencyProfile();
          const early = new LatencyProfile();
          for (const [slot, subject, latency] of cells) {
            late.add(slot, subject, latency);
            early.add(Math.floor(slot / 2 ** levels), subject, latency);
          }
          late.coarsen(levels);
          expect(JSON.stringify(late)).toBe(JSON.stringify(early));
          const lots = late.byLot();
          expect(lots.reduce((sum, { count }) => sum + count, 0)).toBe(late.total().count);
          for (const [, subject] of cells) expect(lots[subject & 31]?.count).toBeGreaterThan(0);
          expect(JSON.stringify(LatencyProfile.fromJSON(JSON.parse(JSON.stringify(late))))).toBe(
            JSON.stringify(early),
          );
        },
      ),
    );
  });

  test('reads an older profile, which kept each slot in two halves and knew no lots', () => {
    const halves = [
      [-1, [0, 100, 2]],
      [6, [1]],
      [7, [0, 50, 1, 100, 1]],
    ];
    const read = LatencyProfile.fromJSON(halves);
    expect(read.bySlot().map(({ count }) => count)).toEqual([2, 3]);
    expect(read.byLot().every(({ count }) => count === 0)).toBe(true);
  });

  test.each([[32], [-1]])('refuses lot %i, which it can not have written', (lot) => {
    expect(() => LatencyProfile.fromJSON({ slots: [], lots: [[lot, [1]]] })).toThrow(RangeError);
  });
});
