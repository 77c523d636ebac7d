import { errorRise, slowerEvidence } from '../../src/compare/sequential.ts';
import { fisherExactGreater } from '../../src/compare/stats/exact.ts';
import { normalCdf, normalQuantile } from '../../src/compare/stats/normal.ts';
import { RankTest } from '../../src/compare/stats/sequential.ts';
import { Sketch } from '../../src/profile/sketch.ts';
import { randomOf } from './random.ts';

/**
 * The sequential test of latencies by simulation, seeded: how often it ever calls a deployment worse
 * that changed nothing (every call is a look), and after how many calls it finds a doubled P95,
 * beside what the fixed test (Fisher's exact on the share above the baseline's P95) needs for a
 * power of 95 %.
 */

const OPERATIONS = 40;
const LOOKS = 1_000;
const RISK = 0.006;
const NEEDED = Math.log(OPERATIONS / RISK);
/** Two quantiles of each operation are tested at a false discovery rate of 1 %. */
const FIXED_P = 0.01 / (2 * OPERATIONS);
/** Upper edge of a sketch's bucket over its midpoint. */
const BUCKET = 1.01;

type Draw = () => number;

/**
 * Whether any look ever calls it slower, the floors left out, which only make the test quieter. A
 * call that exceeds an edge raises the evidence by a bounded factor, so looks that can't cross are
 * not computed.
 */
function everCrosses(base: Sketch, draw: Draw): boolean {
  const test = new RankTest(base);
  const edges = test.edges.map((edge) => edge * BUCKET);
  const growth = test.edges.map((edge) => mostGrowth(base.countAbove(edge) + 1, base.count + 1));
  const above = edges.map(() => 0);
  let left = NEEDED;
  for (let n = 1; n <= LOOKS; n++) {
    const value = draw();
    let cut = -1;
    while (cut + 1 < edges.length && value > (edges[cut + 1] as number)) {
      cut++;
      above[cut] = (above[cut] as number) + 1;
    }
    left -= growth[cut] ?? 0;
    if (left > 0) continue;
    left = NEEDED - test.logEvidence(above, n);
    if (left <= 0) return true;
  }
  return false;
}

/** Log of the most by which one call above a cut can raise the evidence: by the boldest alternatives. */
function mostGrowth(above: number, spacings: number): number {
  const share = above / spacings;
  const shifted = 1 - normalCdf(normalQuantile(1 - share) - 1.6);
  const risen = share / (share + (1 - share) * Math.exp(-2.6));
  return Math.log(Math.max(shifted, risen) / share) + 1e-3;
}

function sketchOf(draw: Draw, count: number): Sketch {
  const sketch = new Sketch();
  for (let i = 0; i < count; i++) sketch.add(draw());
  return sketch;
}

/** Share of runs in which any of 40 unchanged operations is ever called slower. */
function falseAlarms(runs: number, name: string, distribution: (normal: Draw) => Draw): void {
  const random = randomOf(20_260_101);
  const draw = distribution(normalOf(random));
  let alarms = 0;
  for (let run = 0; run < runs; run++) {
    let alarmed = false;
    for (let i = 0; i < OPERATIONS && !alarmed; i++) {
      const calls = Math.round(30 * 100 ** random());
      alarmed = everCrosses(sketchOf(draw, calls), draw);
    }
    if (alarmed) alarms++;
  }
  const share = ((100 * alarms) / runs).toFixed(2);
  console.log(`| ${name} | ${runs} | ${alarms} | ${share} % |`);
}

/** Share of runs in which any of 40 operations with an unchanged share of errors is called worse. */
function falseErrorAlarms(runs: number, share: number): void {
  const random = randomOf(11);
  let alarms = 0;
  for (let run = 0; run < runs; run++) {
    let alarmed = false;
    for (let i = 0; i < OPERATIONS && !alarmed; i++) {
      const calls = Math.round(30 * 100 ** random());
      const before = Array.from({ length: calls }, random).filter((x) => x < share).length;
      let failed = 0;
      for (let n = 1; n <= LOOKS && !alarmed; n++) {
        if (random() >= share) continue;
        failed++;
        alarmed =
          errorRise({ some: before, all: calls }, { some: failed, all: n }, OPERATIONS) !==
          undefined;
      }
    }
    if (alarmed) alarms++;
  }
  const found = ((100 * alarms) / runs).toFixed(2);
  console.log(`| ${100 * share} % of the calls fail | ${runs} | ${alarms} | ${found} % |`);
}

/**
 * Share of runs in which any of 40 operations is called slower, floors included, whose latencies all
 * moved by a random factor between the runs, as those of harmless runs do; a look every 20 calls.
 */
function driftAlarms(runs: number, deviation: number): void {
  const random = randomOf(99);
  const normal = normalOf(random);
  const draw = logNormal(normal, 0.5);
  let alarms = 0;
  for (let run = 0; run < runs; run++) {
    let alarmed = false;
    for (let i = 0; i < OPERATIONS && !alarmed; i++) {
      const test = new RankTest(sketchOf(draw, Math.round(30 * 100 ** random())));
      const factor = Math.exp(deviation * normal());
      const seen = new Sketch();
      while (seen.count < LOOKS && !alarmed) {
        for (let k = 0; k < 20; k++) seen.add(factor * draw());
        alarmed = slowerEvidence(test, seen, NEEDED) !== undefined;
      }
    }
    if (alarmed) alarms++;
  }
  const share = ((100 * alarms) / runs).toFixed(2);
  console.log(
    `| moved between the runs, log-deviation ${deviation} | ${runs} | ${alarms} | ${share} % |`,
  );
}

/** Calls until the test, floors included, calls a doubled P95 worse. */
function callsUntilFound(base: Sketch, draw: Draw): number {
  const test = new RankTest(base);
  const seen = new Sketch();
  while (seen.count < 5_000) {
    seen.add(draw());
    if (slowerEvidence(test, seen, NEEDED) !== undefined) break;
  }
  return seen.count;
}

/** The fewest candidate calls with which the fixed test finds it in 95 % of the runs. */
function fixedCalls(before: Draw, after: Draw, baseline: (calls: number) => number): number {
  const runs = 400;
  for (let calls = 8; calls < 10_000; calls = Math.ceil(calls * 1.04)) {
    let found = 0;
    for (let run = 0; run < runs; run++) {
      const base = sketchOf(before, baseline(calls));
      const cand = sketchOf(after, calls);
      const edge = base.quantile(0.95);
      const [k, b] = [cand.countAbove(edge), base.countAbove(edge)];
      const chance = fisherExactGreater({ some: k, all: calls }, { some: b, all: base.count });
      if (chance <= FIXED_P) found++;
    }
    if (found >= 0.95 * runs) return calls;
  }
  return Number.NaN;
}

function detection(name: string, distribution: (normal: Draw, random: Draw) => [Draw, Draw]): void {
  const random = randomOf(7);
  const [before, after] = distribution(normalOf(random), random);
  const stored = 1_000;
  const found = Array.from({ length: 200 }, () =>
    callsUntilFound(sketchOf(before, stored), after),
  ).sort((a, b) => a - b);
  const [median, late] = [found[100] as number, found[190] as number];
  const same = fixedCalls(before, after, () => stored);
  const equal = fixedCalls(before, after, (calls) => calls);
  const share = (calls: number) => `${calls} (${(median / calls).toFixed(2)})`;
  console.log(`| ${name} | ${median} | ${late} | ${share(same)} | ${share(equal)} |`);
}

function normalOf(random: Draw): Draw {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

const logNormal = (normal: Draw, spread: number): Draw => {
  return () => 20 * Math.exp(spread * normal());
};

/** The sequential test's tables. */
export function sequentialTables(runs = 2_000): void {
  console.log(`\nA/A, ${OPERATIONS} operations, a look after each of ${LOOKS} calls:\n`);
  console.log('| operations | runs | ever called worse | share |\n| --- | --- | --- | --- |');
  falseAlarms(runs, 'log-normal, 0.5', (normal) => logNormal(normal, 0.5));
  falseAlarms(runs / 4, 'whole ms, log-normal, 0.5, median 4 ms', (normal) => {
    const draw = logNormal(normal, 0.5);
    return () => Math.round(draw() / 5);
  });
  for (const share of [0.003, 0.02, 0.1]) falseErrorAlarms(runs, share);
  for (const deviation of [0.08, 0.12]) driftAlarms(runs / 4, deviation);
  console.log('\nP95 doubled, baseline of 1,000 calls; calls until found, and their share of the');
  console.log("fixed test's in parentheses:\n");
  console.log(
    '| latencies | median | 95 % | fixed, same baseline | fixed, equal sides |\n| --- | --- | --- | --- | --- |',
  );
  for (const spread of [0.3, 0.5, 0.8, 1]) {
    detection(`log-normal, ${spread}, all calls twice as slow`, (normal) => {
      const before = logNormal(normal, spread);
      return [before, () => 2 * before()];
    });
  }
  detection('log-normal, 0.5, 12 % of the calls four times as slow', (normal, random) => {
    const before = logNormal(normal, 0.5);
    return [before, () => before() * (random() < 0.122 ? 4 : 1)];
  });
}

if (import.meta.main) sequentialTables(Number(process.argv[2] ?? 2_000));
