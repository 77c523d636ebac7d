import type { UsualLatencies } from '../failures/troubled.ts';
import { Ending } from '../traffic.ts';
import { takers } from './refused-connections.ts';
import type { Side } from './side.ts';
import { childrenOf } from './tree.ts';
import { waitedForBy } from './waited-for.ts';

/** Where a failing call ends: the deepest troubled call below it. */
export interface Last {
  readonly row: number;
  /** Whether that is no failing call, but a slow one that it waited for. */
  readonly late?: boolean;
}

const DEEPEST = 100;

/**
 * Follows a failing call of the incident down to the last one that fails, and on to the slow call that
 * this one waited for, if any.
 */
export function lastTroubleOf(
  good: Side,
  bad: Side,
  troubled: Float64Array,
  usual: UsualLatencies,
): (row: number) => Last {
  const { traffic, tree } = bad;
  const takesAll = takers(traffic);
  const known = new Set(good.traffic.operation);
  const waitedFor = waitedForBy(bad, usual);
  return (row) => {
    const last = deepest(row);
    const slow = waitedFor(last);
    return slow === undefined ? { row: last } : { row: slow, late: true };
  };

  function deepest(row: number): number {
    let at = row;
    for (let depth = 0; depth < DEEPEST; depth++) {
      const below = childrenOf(tree, at).findLast(
        (child) => isTroubled(child) && !takesAll(traffic, child),
      );
      if (below === undefined) return at;
      at = below;
    }
    return at;
  }

  /** Of an operation that is called anew it isn't known whether it always ends so: here it is called for one that fails. */
  function isTroubled(row: number): boolean {
    if ((troubled[row] as number) > 0) return true;
    return !known.has(traffic.operation[row] as number) && traffic.ending[row] === Ending.rejected;
  }
}
