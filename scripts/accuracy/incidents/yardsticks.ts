import type { IncidentCase } from '../../../src/incident/incident-case.ts';
import { sideOf } from '../../../src/incident/suspects/side.ts';
import type { Traffic } from '../../../src/incident/traffic.ts';

/** A simple way to rank workloads, best first. */
export type Yardstick = (given: IncidentCase) => string[];

/** Calls of a workload on each side, from which on the yardsticks rank it. */
const FEW = 3;
const SLOT_MS = 5_000;

/** The workload whose mean latency grew by the largest factor. */
export const loudestRatio: Yardstick = (given) =>
  rank(given, served(given.good, given.good.latency), served(given.bad, given.bad.latency), ratio);

/** The workload whose mean own time grew by the largest factor. */
export const ownTimeAlone: Yardstick = (given) => {
  const good = sideOf(given.good, given.symptom);
  const bad = sideOf(given.bad, given.symptom);
  return rank(given, served(given.good, good.own), served(given.bad, bad.own), ratio);
};

/**
 * As BARO ranks (Pham, Ha and Zhang 2024): the largest deviation of a workload's mean latency in a slot
 * of the incident from the median of known-good slots, over their interquartile range.
 */
export const robustScore: Yardstick = (given) =>
  rank(given, slots(given.good), slots(given.bad), (before, after) => {
    const sorted = [...before].sort((a, b) => a - b);
    const at = (q: number) => sorted[Math.floor(q * (sorted.length - 1))] as number;
    const spread = Math.max(at(0.75) - at(0.25), 1e-3);
    return Math.max(...after.map((value) => Math.abs(value - at(0.5)))) / spread;
  });

type Samples = ReadonlyMap<number, readonly number[]>;

function rank(
  { names }: IncidentCase,
  good: Samples,
  bad: Samples,
  score: (before: readonly number[], after: readonly number[]) => number,
): string[] {
  const scored: { name: string; value: number }[] = [];
  for (const [workload, after] of bad) {
    const before = good.get(workload) ?? [];
    if (before.length < FEW || after.length < FEW) continue;
    scored.push({ name: names.workloads[workload] ?? '', value: score(before, after) });
  }
  return scored.sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1)).map((s) => s.name);
}

function ratio(before: readonly number[], after: readonly number[]): number {
  return mean(after) / Math.max(mean(before), 1e-3);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function served({ size, callee }: Traffic, values: Float64Array): Samples {
  const samples = new Map<number, number[]>();
  for (let row = 0; row < size; row++) {
    const value = values[row] as number;
    if (Number.isNaN(value)) continue;
    const at = callee[row] as number;
    const sample = samples.get(at) ?? [];
    sample.push(value);
    samples.set(at, sample);
  }
  return samples;
}

function slots(traffic: Traffic): Samples {
  const { size, callee, latency, ts, start } = traffic;
  const sums = new Map<number, Map<number, { sum: number; count: number }>>();
  for (let row = 0; row < size; row++) {
    const value = latency[row] as number;
    if (Number.isNaN(value)) continue;
    const of = sums.get(callee[row] as number) ?? new Map<number, { sum: number; count: number }>();
    sums.set(callee[row] as number, of);
    const slot = Math.floor(((ts[row] as number) - start) / SLOT_MS);
    const cell = of.get(slot) ?? { sum: 0, count: 0 };
    cell.sum += value;
    cell.count++;
    of.set(slot, cell);
  }
  return new Map(
    [...sums].map(([workload, of]) => [
      workload,
      [...of.values()].map(({ sum, count }) => sum / count),
    ]),
  );
}
