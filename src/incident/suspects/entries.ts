import { meanOf, Sample, slotsOf } from './sample.ts';
import type { Side } from './side.ts';

/** An operation that is waited for: by users, or as the symptom names it. */
export interface Entry {
  readonly operation: number;
  /** Calls on both sides. */
  readonly before: number;
  readonly after: number;
  /** Mean latency with its upper tail drawn in, ms. */
  readonly was: number;
  readonly is: number;
}

/** The operations waited for, by index. */
export function entriesOf(good: Side, bad: Side): Map<number, Entry> {
  const [before, after] = [latencies(good), latencies(bad)];
  return new Map(
    [...after].map(([operation, sample]) => {
      const is = meanOf(sample);
      const was = meanOf(before.get(operation) ?? new Sample());
      return [
        operation,
        { operation, before: was.size, after: is.size, was: was.mean, is: is.mean },
      ];
    }),
  );
}

function latencies({ traffic, within, entry, tree, spans }: Side): Map<number, Sample> {
  const slot = slotsOf(within);
  const samples = new Map<number, Sample>();
  for (let row = 0; row < traffic.size; row++) {
    if (entry[row] !== row || tree.known[row] === 0 || Number.isNaN(spans[row] as number)) continue;
    const operation = traffic.operation[row] as number;
    const sample = samples.get(operation) ?? new Sample();
    sample.push(spans[row] as number, slot(traffic.ts[row] as number));
    samples.set(operation, sample);
  }
  return samples;
}
