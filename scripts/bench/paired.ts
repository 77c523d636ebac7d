/** Something to be measured; what it returns must be alike in every run. */
export type Run = () => unknown;

export interface Paired {
  /** Seconds of processor time of this process, all threads; and of wall clock. */
  readonly processor: readonly number[];
  readonly wall: readonly number[];
}

/** Runs all of them in turn, ABAB…, after one round that is not counted. By name. */
export async function paired(
  runs: Readonly<Record<string, Run>>,
  rounds: number,
): Promise<ReadonlyMap<string, Paired>> {
  const seen = new Map<string, { processor: number[]; wall: number[] }>();
  for (const name of Object.keys(runs)) seen.set(name, { processor: [], wall: [] });
  for (let round = -1; round < rounds; round++) {
    for (const [name, run] of Object.entries(runs)) {
      globalThis.gc?.();
      const before = process.cpuUsage();
      const start = process.hrtime.bigint();
      await run();
      const wall = Number(process.hrtime.bigint() - start) / 1e9;
      const { user, system } = process.cpuUsage(before);
      if (round < 0) continue;
      seen.get(name)?.processor.push((user + system) / 1e6);
      seen.get(name)?.wall.push(wall);
    }
  }
  return seen;
}

/** The ratio of two, round by round: its median, and the least and the most. */
export function ratio(over: readonly number[], under: readonly number[]) {
  const ratios = over.map((value, i) => value / (under[i] as number)).sort((a, b) => a - b);
  return { median: median(ratios), least: ratios[0] as number, most: ratios.at(-1) as number };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[half] as number)
    : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2;
}
