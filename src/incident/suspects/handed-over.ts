import type { UsualLatencies } from '../failures/troubled.ts';
import { lowerBound } from '../reading/reading.ts';
import type { Side } from './side.ts';
import { doneBefore } from './spans.ts';
import { childrenOf } from './tree.ts';

/** ms that are a wait, and share of a call's own time that one must be. */
const WAIT_MS = 50;
const MOSTLY = 0.6;
/** How soon after one call the next follows for whose sake it waited, ms at most and at least. */
const SOON_MS = 5;
const LEAST_MS = 1;
/** Share of the time that may lie so soon after some call. */
const CHANCE = 0.2;

interface Made {
  /** Ends of the calls of one workload to another, ascending, Unix ms; and the rows of those that take long. */
  readonly ends: Float64Array;
  readonly slow: readonly number[];
}

/**
 * Of a call that waits before it calls another workload: that one, where the wait ends at the moment at which
 * another call to it does, of the same workload, and slow ones are under way meanwhile: they hold what calls
 * are made with, as the connections of a pool.
 */
export function handedOver(side: Side, usual: UsualLatencies): (row: number) => number | undefined {
  const { traffic, tree, own } = side;
  const all = madeBy(side, usual);
  const length = Math.max(1, traffic.end - traffic.start);
  return (row) => {
    for (const child of childrenOf(tree, row)) {
      const [callee, begins] = [traffic.callee[child] as number, traffic.ts[child] as number];
      const done = doneBefore(side, row, child);
      if (begins - done < Math.max(WAIT_MS, MOSTLY * (own[row] as number))) continue;
      const made = all.get(keyOf(traffic.callee[row] as number, callee));
      return made && isHeld(made, (done + begins) / 2) && follows(made, begins)
        ? callee
        : undefined;
    }
    return undefined;
  };

  function isHeld({ slow }: Made, at: number): boolean {
    return slow.some((row) => {
      const from = traffic.ts[row] as number;
      return from <= at && from + (traffic.latency[row] as number) >= at;
    });
  }

  function follows({ ends }: Made, begins: number): boolean {
    const soon = Math.min(SOON_MS, (CHANCE * length) / ends.length);
    if (soon < LEAST_MS) return false;
    const at = lowerBound(ends, begins - soon, 0, ends.length);
    // Times are whole ms.
    return at < ends.length && (ends[at] as number) <= begins + LEAST_MS;
  }
}

function madeBy({ traffic }: Side, usual: UsualLatencies): Map<string, Made> {
  const rows = new Map<string, number[]>();
  for (let row = 0; row < traffic.size; row++) {
    if (Number.isNaN(traffic.latency[row])) continue;
    const key = keyOf(traffic.caller[row] as number, traffic.callee[row] as number);
    const made = rows.get(key);
    if (made) made.push(row);
    else rows.set(key, [row]);
  }
  return new Map(
    [...rows].map(([key, made]) => {
      const ends = Float64Array.from(
        made,
        (row) => (traffic.ts[row] as number) + (traffic.latency[row] as number),
      ).sort();
      const slow = made.filter((row) => {
        const most = usual.of(traffic, row)?.most;
        return most !== undefined && (traffic.latency[row] as number) > Math.max(most, WAIT_MS);
      });
      return [key, { ends, slow }];
    }),
  );
}

function keyOf(caller: number, callee: number): string {
  return `${caller} ${callee}`;
}
