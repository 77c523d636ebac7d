import type { Around } from './around.ts';
import type { Cell } from './cells.ts';
import type { Shifts } from './shifts.ts';

/** What a workload added to the time that is waited for at one operation, ms in all of the incident. */
export interface AddedAt {
  readonly ms: number;
  readonly error: number;
  /** What its own handling would have taken as it was before, ms. */
  readonly base: number;
}

/** What a workload added to the time that is waited for. */
export interface Added {
  /** ms in its own handling and in more calls than before, in calls out of it that are slower for its sake, and in its callers right beside their calls to it. */
  readonly own: number;
  readonly out: number;
  readonly beside: number;
  readonly error: number;
  /** By the operation waited for, index in `Names.operations`. */
  readonly at: ReadonlyMap<number, AddedAt>;
  /** Cells of its own handling, those of it in which more calls are made than before, and those of calls out of it. */
  readonly handled: readonly Cell[];
  readonly more: readonly Cell[];
  readonly made: readonly Cell[];
  /** Those of its callers' handling, where time goes by beside their calls to it. */
  readonly called: readonly Cell[];
}

class Sum {
  own = 0;
  out = 0;
  beside = 0;
  variance = 0;
  readonly at = new Map<number, { ms: number; variance: number; base: number }>();
  readonly handled: Cell[] = [];
  readonly more: Cell[] = [];
  readonly made: Cell[] = [];
  readonly called: Cell[] = [];

  /** `share` of the cell's uncertainty is this workload's. */
  take(cell: Cell, excess: number, share: number): number {
    let ms = 0;
    let weight = 0;
    for (const [operation, calls] of cell.under) {
      const at = this.at.get(operation) ?? { ms: 0, variance: 0, base: 0 };
      at.ms += excess * calls;
      at.variance += (cell.error * calls * share) ** 2;
      at.base += cell.good.mean * calls * share;
      this.at.set(operation, at);
      ms += excess * calls;
      weight += calls;
    }
    this.variance += (cell.error * weight * share) ** 2;
    return ms;
  }

  done(): Added {
    const at = [...this.at].map(
      ([operation, { ms, variance, base }]) =>
        [operation, { ms, error: Math.sqrt(variance), base }] as const,
    );
    const { own, out, beside, handled, more, made, called } = this;
    const error = Math.sqrt(this.variance);
    return { own, out, beside, error, at: new Map(at), handled, more, made, called };
  }
}

/**
 * Gives each cell's excess to the callee, as what more calls than before (`more`) take; to the caller
 * where all that it calls is slower alike; to what the callee calls where its time goes by beside those
 * calls alone.
 */
export function addedTimes(
  cells: readonly Cell[],
  more: readonly Cell[],
  shifts: Shifts,
  around: ReadonlyMap<number, Around>,
): Map<number, Added> {
  const sums = new Map<number, Sum>();
  const of = (workload: number): Sum => {
    let sum = sums.get(workload);
    if (!sum) {
      sum = new Sum();
      sums.set(workload, sum);
    }
    return sum;
  };
  for (const cell of cells) {
    const { caller, callee, excess, good, bad } = cell;
    if (good.size === 0 || bad.size === 0) continue;
    const shift = shifts.get(caller)?.get(callee) ?? 0;
    const out = Math.max(0, Math.min(excess, shift));
    const share = out === 0 ? 0 : out / excess;
    const server = of(callee);
    const way = excess > 0 ? around.get(callee) : undefined;
    const kept = way ? 1 - way.share : 1;
    server.own += server.take(cell, (excess - out) * kept, (1 - share) * kept);
    server.handled.push(cell);
    if (way) {
      const beyond = of(way.callee);
      beyond.beside += beyond.take(cell, (excess - out) * way.share, (1 - share) * way.share);
      beyond.called.push(cell);
    }
    if (out === 0) continue;
    const client = of(caller);
    client.out += client.take(cell, out, share);
    client.made.push(cell);
  }
  for (const cell of more) {
    const server = of(cell.callee);
    server.own += server.take(cell, cell.excess, 1);
    server.more.push(cell);
  }
  return new Map([...sums].map(([workload, sum]) => [workload, sum.done()]));
}
