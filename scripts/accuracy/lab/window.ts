import type { Operation, System } from './system.ts';

const SHORTEST_MS = 20_000;
const LONGEST_MS = 900_000;

/** As long (ms) as it takes for the wanted mean number of requests to be open at once. */
export function windowOf({ operations, concurrency }: System): number {
  const means = operations.map(() => Number.NaN);
  const meanOf = (index: number): number => {
    if (!Number.isNaN(means[index])) return means[index] as number;
    const { own, children, cached } = operations[index] as Operation;
    let mean = own.median * Math.exp(own.sigma ** 2 / 2) * (1 - 0.9 * own.hits);
    for (const { target, kind, amount } of children) {
      mean += meanOf(target) * (kind === 'miss' ? 1 - cached : amount);
    }
    means[index] = mean;
    return mean;
  };
  const busy = operations.reduce((sum, { requests }, i) => sum + requests * meanOf(i), 0);
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, busy / concurrency));
}
