import { describe, expect, test } from 'vitest';
import { CaptureStats } from '../../src/profile/capture-stats.ts';
import { holeProblems, holesOf } from '../../src/verdict/holes.ts';
import { silencesOf } from '../../src/verdict/silences.ts';
import { call } from '../support/calls.ts';
import { type Random, random } from '../support/random.ts';

const START = 1_700_000_000_000;
const SPAN = 600_000;
const window = { start: START, end: START + SPAN };
const RUNS = 20;

function capture(times: readonly number[], node = 'n1', windows = [window]): CaptureStats {
  const stats = new CaptureStats();
  for (const ts of times) stats.observe(call({ to: 'orders', ts: START + ts, node }));
  for (const one of windows) stats.windows.add(one);
  return stats;
}

const exponential = (next: Random, mean: number) => -Math.log(1 - next()) * mean;
function* every(gap: () => number, from = 0, to = SPAN): Generator<number> {
  for (let t = from; t < to; t += gap()) yield t;
}

/** Ten minutes of traffic, when each call came, ms. */
const TRAFFIC: Readonly<Record<string, (next: Random) => number[]>> = {
  'ten calls a second': (next) => [...every(() => exponential(next, 100))],
  'one call in five seconds': (next) => [...every(() => exponential(next, 5000))],
  'a batch each minute': (next) =>
    [...every(() => 60_000)].flatMap((t) => Array.from({ length: 50 }, () => t + next() * 5000)),
  'phases with pauses of 10 to 60 s': (next) => {
    const times: number[] = [];
    for (let t = 0; t < SPAN; t += 10_000 + next() * 50_000) {
      const end = t + 20_000 + next() * 40_000;
      times.push(...every(() => exponential(next, 100), t, end));
      t = end;
    }
    return times;
  },
  'two phases and a pause of 20 to 40 s': (next) => {
    const from = 100_000 + next() * 300_000;
    const to = from + 20_000 + next() * 20_000;
    return [...every(() => exponential(next, 100))].filter((t) => t < from || t > to);
  },
};

describe('holes', () => {
  test.each(Object.entries(TRAFFIC))('are none in %s, against the like', (name, traffic) => {
    for (let run = 0; run < RUNS; run++) {
      const [a, b] = ['a', 'b'].map((side) => holesOf(capture(traffic(random(name, side, run)))));
      expect(holeProblems(a ?? [], b ?? [])).toEqual([]);
    }
  });

  test('of 42 s are found in steady traffic, with their place and what is missing', () => {
    const traffic = TRAFFIC['ten calls a second'] as (next: Random) => number[];
    const whole = holesOf(capture(traffic(random('whole'))));
    for (let run = 0; run < RUNS; run++) {
      const next = random('hole', run);
      const from = 60_000 + next() * 400_000;
      const times = traffic(next).filter((t) => t < from || t > from + 42_000);
      const [problem, ...more] = holeProblems(holesOf(capture(times)), whole);
      expect(more).toEqual([]);
      expect(problem?.code).toBe('hole');
      expect(problem?.message).toMatch(
        /^a hole of 4[0-2] s from .*: no call where about 4\d\d were/,
      );
      const told = Date.parse(/from (\S+Z)/.exec(problem?.message ?? '')?.[1] ?? '');
      expect(Math.abs(told - START - from)).toBeLessThanOrEqual(1000);
    }
  });

  test('are none between windows, nor where no window is known', () => {
    const next = random('windows');
    const times = [
      ...every(() => exponential(next, 100), 0, 200_000),
      ...every(() => exponential(next, 100), 400_000, SPAN),
    ];
    expect(holesOf(capture(times))).toHaveLength(1);
    const two = [
      { start: START, end: START + 200_000 },
      { start: START + 400_000, end: START + SPAN },
    ];
    expect(holesOf(capture(times, 'n1', two))).toEqual([]);
    expect(holesOf(capture(times, 'n1', []))).toEqual([]);
  });

  test('are none after a set-up before the scenario', () => {
    const next = random('setup');
    const times = [0, 100, 200, ...every(() => exponential(next, 100), 60_000)];
    expect(holesOf(capture(times))).toEqual([]);
  });

  test('of one node are told while the others go on', () => {
    const next = random('node');
    const stats = capture([...every(() => exponential(next, 100))]);
    const times = [...every(() => exponential(next, 100))];
    stats.merge(
      capture(
        times.filter((t) => t < 200_000 || t > 240_000),
        'n2',
      ),
    );
    expect(holeProblems(holesOf(stats), []).map(({ message }) => message)).toEqual([
      expect.stringMatching(/^a hole of (39|40) s from .*: n2 saw no call/),
    ]);
  });

  test('of a stranger beyond any calendar are told by number', () => {
    const far = 8.7e15;
    const times = [...every(() => 100)].filter((t) => t < 200_000 || t > 240_000);
    const stats = new CaptureStats();
    for (const t of times) stats.observe(call({ to: 'orders', ts: far + t }));
    stats.windows.add({ start: far, end: far + SPAN });
    expect(holeProblems(holesOf(stats), [])[0]?.message).toMatch(/ from 870000\d+: no call/);
  });
});

describe('the longest silence of a window', () => {
  const of = (...seconds: number[]) => {
    const stats = new CaptureStats();
    for (const s of seconds) stats.observe(call({ to: 'orders', ts: START + s * 1000 }));
    stats.windows.add({ start: START, end: START + 100_000 });
    return silencesOf(stats.timeline.whole, stats, 'n1')[0];
  };

  test('is told with what surrounds it', () => {
    expect(of(20, 0, 1, 2, 2, 50, 52, 60, 100, 101)).toMatchObject({
      node: 'n1',
      start: START + 61_000,
      ms: 39_000,
      next: 29_000,
      before: 8,
      after: 1,
      cells: 62,
      width: 1000,
      quiet: 55 / 64,
    });
    expect(of(0, 5, 10)).toMatchObject({ start: START + 1000, ms: 4000, next: 4000 });
    expect(of(0, 1, 2)).toMatchObject({
      ms: 0,
      next: 0,
      before: 0,
      after: 3,
      cells: 3,
      quiet: 0.2,
    });
  });

  test('has the rarity of the ten next longest', () => {
    expect(of(0, 1, 2)?.decay).toBe(Number.POSITIVE_INFINITY);
    expect(of(0, 9, 10)?.decay).toBe(Number.POSITIVE_INFINITY);
    // Others of 2 and 4 cells: one excess of ln 2.
    expect(of(0, 9, 12, 17)?.decay).toBeCloseTo((1 + 0.5) / (Math.log(2) + 0.25));
    // Eleven others, all of one cell but the first of 2: ten excesses of which one is ln 2.
    const evenly = Array.from({ length: 13 }, (_, i) => 12 + 2 * i);
    expect(of(0, 9, ...evenly)?.decay).toBeCloseTo((10 + 0.5) / (Math.log(2) + 0.25));
  });
});

describe('a pause of the whole', () => {
  const problems = (pause: number, others: readonly number[] = [], calls = 100) => {
    const stats = new CaptureStats();
    const at = (s: number) => stats.observe(call({ to: 'orders', ts: START + s * 1000 }));
    for (let s = 0; s < calls; s++) at(s);
    let s = calls + pause;
    for (const other of others) {
      at(s);
      s += other + 1;
    }
    for (let i = 0; i < 100; i++) at(s + i);
    stats.windows.add({ start: START, end: START + (s + 100) * 1000 });
    return holesOf(stats).length;
  };

  test.each([
    ['of 9 s', 9, [], 0],
    ['of 10 s, which busy traffic does not have by chance', 10, [], 1],
    ['four times the many next longest', 12, Array(11).fill(3), 1],
    ['less than that', 11, Array(11).fill(3), 0],
    ['fifteen times the only other', 15, [1], 1],
    ['less than that', 14, [1], 0],
    ['that is no rarer than the others', 24, [6, 5, 4, 3, 2, 1, 1, 1, 1, 1, 1], 0],
  ])('%s', (_, pause, others, expected) => {
    expect(problems(pause, others)).toBe(expected);
  });

  test('is none after a twentieth of the calls, and is one after more', () => {
    expect(problems(40, [], 5)).toBe(0);
    expect(problems(40, [], 6)).toBe(1);
  });
});
