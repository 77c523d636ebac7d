import { describe, expect, it } from 'vitest';
import type { HubRecord } from '../../hub/record.ts';
import { EVENTS } from './events.ts';
import { BEGIN, DAY, HOUR, WEEK } from './time.ts';
import { WORKLOADS } from './workloads.ts';
import { SLOT, World } from './world.ts';

const world = new World(1);
const quiet = new World(1, { events: [] });

const records = (from: number, to: number, of = world): HubRecord[] => {
  const found: HubRecord[] = [];
  for (let start = from; start < to; start += SLOT) {
    found.push(...of.slot(start).map(({ record }) => record));
  }
  return found;
};
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** Calls of the slots at this hour of these days of the second week. */
const countsAt = (hour: number, days: readonly number[]) =>
  days.flatMap((day) =>
    Array.from({ length: 12 }, (_, i) => {
      const slot = quiet.slot(BEGIN + WEEK + day * DAY + hour * HOUR + i * SLOT);
      return slot.filter(({ record }) => record.src.ip?.startsWith('198.18.')).length;
    }),
  );

describe('the synthetic cluster', () => {
  it('is a pure function of the seed and the slot', () => {
    const start = BEGIN + 3 * DAY + 10 * HOUR;
    const text = JSON.stringify(new World(1).slot(start));
    world.slot(start + SLOT);
    expect(JSON.stringify(world.slot(start))).toBe(text);
    expect(JSON.stringify(new World(2).slot(start))).not.toBe(text);
  });

  it('has forty workloads and a few hundred calls a slot', () => {
    expect(WORKLOADS).toHaveLength(40);
    const counts: number[] = [];
    for (let start = BEGIN; start < BEGIN + WEEK; start += 29 * SLOT) {
      counts.push(world.slot(start).length);
    }
    expect(mean(counts)).toBeGreaterThan(400);
    expect(mean(counts)).toBeLessThan(700);
    const served = new Set(records(BEGIN + 10 * HOUR, BEGIN + 12 * HOUR).map(({ dst }) => dst.svc));
    expect(served.size).toBeGreaterThan(33);
  });

  it('goes by day and week: 5 to 1, 40 % on the weekend, more on a Monday', () => {
    const week = [1, 2, 3, 4];
    const noon = mean(countsAt(14, week));
    expect(noon / mean(countsAt(2, week))).toBeGreaterThan(4);
    expect(noon / mean(countsAt(2, week))).toBeLessThan(6);
    expect(mean(countsAt(14, [5, 6])) / noon).toBeCloseTo(0.4, 0.5);
    expect(mean(countsAt(14, [0]))).toBeGreaterThan(noon);
  });

  it('arrives in bursts: its counts vary more than those of a Poisson process', () => {
    const counts = countsAt(14, [1, 2, 3, 4]);
    const middle = mean(counts);
    expect(mean(counts.map((count) => (count - middle) ** 2)) / middle).toBeGreaterThan(2);
  });

  it('has a workload that is gone at night, and a job that runs at night alone', () => {
    const of = (name: string, found: readonly HubRecord[]) =>
      found.some(({ src, dst }) => dst.svc === name || src.pod?.startsWith(name));
    const [night, day] = [2, 11].map((hour) =>
      records(BEGIN + DAY + hour * HOUR, BEGIN + DAY + (hour + 1) * HOUR),
    ) as [HubRecord[], HubRecord[]];
    expect([of('dev-portal', night), of('dev-portal', day)]).toEqual([false, true]);
    expect([of('nightly-report', night), of('nightly-report', day)]).toEqual([true, false]);
  });

  it('lists some calls late, some twice, and lets some fail', () => {
    const start = BEGIN + 2 * DAY + 12 * HOUR;
    const arriving = Array.from({ length: 24 }, (_, i) => quiet.slot(start + i * SLOT)).flat();
    const share = (fits: (one: (typeof arriving)[number]) => boolean) =>
      arriving.filter(fits).length / arriving.length;
    const late = share(({ at, record }) => at - record.ts - Number(record.latency_ms ?? 0) > 5000);
    expect(late).toBeGreaterThan(0.01);
    expect(late).toBeLessThan(0.03);
    const twice = share(({ record }) => record.node_id !== (record.dst.node ?? record.src.node));
    expect(twice).toBeGreaterThan(0.01);
    const failed = share(({ record }) => Number(record.status) >= 500);
    expect(failed).toBeGreaterThan(0.0005);
    expect(failed).toBeLessThan(0.02);
  });

  it('rolls out, and new pods come with the load', () => {
    const pods = (from: number) =>
      new Set(records(from, from + HOUR, quiet).map(({ dst }) => dst.pod ?? ''));
    const [night, noon, later] = [DAY + 2 * HOUR, DAY + 13 * HOUR, 8 * DAY + 13 * HOUR].map((at) =>
      pods(BEGIN + at),
    ) as [Set<string>, Set<string>, Set<string>];
    expect(noon.size).toBeGreaterThan(night.size + 5);
    expect([...later].filter((pod) => !noon.has(pod)).length).toBeGreaterThan(3);
  });
});

describe('the seeded events', () => {
  it('lie in the second week, hours apart', () => {
    const sorted = EVENTS.toSorted((a, b) => a.onset - b.onset);
    for (const [i, { onset, end }] of sorted.entries()) {
      expect(onset).toBeGreaterThan(BEGIN + WEEK);
      expect(end).toBeLessThan(BEGIN + 2 * WEEK);
      expect(onset).toBeGreaterThan((sorted[i - 1]?.end ?? 0) + HOUR);
    }
  });

  it.each(EVENTS)('$name changes its own time and nothing before', ({ onset, end }) => {
    const first = Math.floor(onset / SLOT) * SLOT;
    const text = (of: World, start: number) => JSON.stringify(of.slot(start));
    expect(text(world, first - SLOT)).toBe(text(quiet, first - SLOT));
    expect(text(world, first + 2 * SLOT)).not.toBe(text(quiet, first + 2 * SLOT));
    const after = Math.ceil(end / SLOT) * SLOT;
    expect(text(world, after)).toBe(text(quiet, after));
  });

  it('an outage fails all calls, half of them without an answer, and its callers', () => {
    const [{ onset, end }] = EVENTS as [(typeof EVENTS)[number]];
    const found = records(Math.floor(onset / SLOT) * SLOT, end).filter(
      ({ ts }) => ts > onset + 100 && ts < end - 100,
    );
    const mine = found.filter(({ dst, path }) => dst.svc === 'pricing' && path !== '/healthz');
    expect(mine.length).toBeGreaterThan(50);
    const answered = mine.filter(({ status }) => status !== undefined);
    expect(answered.every(({ status }) => Number(status) >= 500)).toBe(true);
    expect(answered.length / mine.length).toBeCloseTo(0.5, 0.5);
    const suffered = found.filter(({ dst, status }) => dst.svc === 'catalog' && status === 502);
    expect(suffered.length).toBeGreaterThan(20);
  });
});
