import { describe, expect, it } from 'vitest';
import { Level, ORDINARY_DAY } from '../../../src/monitor/learned/level.ts';
import { slotAt } from '../../../src/monitor/slot.ts';

const FIVE = 300_000;
const HOUR = 12;

/** Slots of five minutes with so many calls each, where 100 are usual. */
function levelOf(counts: readonly number[], interval = FIVE): Level {
  const level = new Level();
  for (const [i, calls] of counts.entries()) {
    const usual = (100 * interval) / FIVE;
    level.add(slotAt(i * interval, interval), calls, usual);
  }
  return level;
}
const slots = (count: number, calls: number) => Array<number>(count).fill(calls);

describe('the level of traffic', () => {
  it('of an ordinary day, a busy one, and before much is known is the usual one', () => {
    for (const counts of [[], [10], slots(HOUR, 100), slots(HOUR, 60), slots(HOUR, 400)]) {
      expect(levelOf(counts).quietness).toEqual(ORDINARY_DAY);
    }
  });

  it('follows traffic that fades', () => {
    const fading = Array.from({ length: 60 }, (_, i) => Math.round(100 * Math.exp(-i / 20)));
    const { share, variation, since } = levelOf(fading).quietness;
    expect(share).toBeGreaterThan(0.05);
    expect(share).toBeLessThan(0.1);
    expect(variation).toBeGreaterThan(0.15);
    expect(since).toBeUndefined();
  });

  it('is lowered by no sudden silence, however long, nor by one that is over', () => {
    const outage = [...slots(HOUR, 100), ...slots(6 * HOUR, 0)];
    expect(levelOf(outage).quietness).toEqual(ORDINARY_DAY);
    expect(levelOf([...outage, 90, 100]).quietness).toEqual(ORDINARY_DAY);
    const quiet = [...slots(HOUR, 20), ...slots(2 * HOUR, 1)];
    expect(levelOf(quiet).quietness).toMatchObject({
      share: 0.2,
      since: { start: HOUR * FIVE, calls: 2 * HOUR, usual: 200 * HOUR },
    });
  });

  it('counts slots without a call where few are to be expected', () => {
    const sparse = [
      ...slots(HOUR, 15),
      ...slots(HOUR, 5),
      ...Array.from({ length: HOUR }, (_, i) => (i % 2 ? 2 : 0)),
    ];
    expect(levelOf(sparse).quietness.share).toBeCloseTo(0.01, 3);
  });

  it('becomes what goes on for a day', () => {
    expect(levelOf([...slots(HOUR, 100), ...slots(24 * HOUR + 2, 0)]).quietness.share).toBe(0);
  });

  it('is the same with shorter slots', () => {
    expect(levelOf(slots(60, 4), 60_000).quietness.share).toBeCloseTo(0.2, 5);
  });

  it('remembers all that matters, and leaves out what can not be read', () => {
    const level = levelOf([...slots(HOUR, 20), ...slots(3, 0)]);
    const kept = new Level().restore(JSON.parse(JSON.stringify(level.toJSON())));
    expect(kept.quietness).toEqual(level.quietness);
    for (const broken of [undefined, 7, [[1]], [0, ['a', 1, 2], [-1, 2, 3]]]) {
      expect(new Level().restore(broken as never).quietness).toEqual(ORDINARY_DAY);
    }
  });
});
