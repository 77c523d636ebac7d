import type { UsualLatencies } from '../failures/troubled.ts';
import { rowsBy } from '../rows-by.ts';
import { Ending } from '../traffic.ts';
import { takers } from './refused-connections.ts';
import type { Side } from './side.ts';

/** Where a failing call ends: the deepest troubled call below it. */
export interface Last {
  readonly row: number;
  /** Whether that is no failing call, but a slow one that it waited for. */
  readonly late?: boolean;
}

/** Share of what a call waited that a slow call must have taken for it. */
const MOSTLY = 0.6;
/** Slow calls under way beside one that waits by itself, which hold what it waits for; and ms that are a wait. */
const HOLDERS = 2;
const WAIT_MS = 50;
const DEEPEST = 100;

/**
 * Follows a failing call of the incident down to the last one that fails; and where that was given up,
 * or waited with nothing called, on to the slow call that it, or those beside it, waited for.
 */
export function lastTroubleOf(
  good: Side,
  { traffic, tree, spans, own }: Side,
  troubled: Float64Array,
  usual: UsualLatencies,
): (row: number) => Last {
  const takesAll = takers(traffic);
  const known = new Set(good.traffic.operation);
  const made = rowsBy(
    traffic.caller,
    1 + traffic.caller.reduce((most, caller) => Math.max(most, caller), -1),
  );
  const slow = new Map<number, readonly number[]>();
  return (row) => {
    const last = deepest(row);
    const waitedFor = slowBelow(last) ?? holderBeside(last);
    return waitedFor === undefined ? { row: last } : { row: waitedFor, late: true };
  };

  function deepest(row: number): number {
    let at = row;
    for (let depth = 0; depth < DEEPEST; depth++) {
      const below = children(at).findLast(
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

  function slowBelow(row: number): number | undefined {
    if (traffic.ending[row] !== Ending.unanswered) return undefined;
    const waited = spans[row] as number;
    const found = children(row).find(
      (child) => isSlow(child) && !((traffic.latency[child] as number) < MOSTLY * waited),
    );
    return found === undefined ? undefined : (slowBelow(found) ?? found);
  }

  /** What takes long under way for others of the same workload, while this call waits with nothing called. */
  function holderBeside(row: number): number | undefined {
    const waited = spans[row] as number;
    const alone = Number.isNaN(own[row] as number)
      ? children(row).length === 0
      : (own[row] as number) >= MOSTLY * waited;
    if (!(waited >= WAIT_MS) || !alone) return undefined;
    const middle = (traffic.ts[row] as number) + waited / 2;
    const holders = slowOf(traffic.callee[row] as number).filter((other) => {
      const from = traffic.ts[other] as number;
      return from <= middle && from + (traffic.latency[other] as number) >= middle;
    });
    return holders.length >= HOLDERS ? holders[0] : undefined;
  }

  function slowOf(caller: number): readonly number[] {
    const rows = slow.get(caller) ?? [...made.rows(caller)].filter(isSlow);
    slow.set(caller, rows);
    return rows;
  }

  function isSlow(row: number): boolean {
    const most = usual.of(traffic, row)?.most;
    return most !== undefined && (traffic.latency[row] as number) > Math.max(most, WAIT_MS);
  }

  function children(row: number): readonly number[] {
    return [...tree.child.subarray(tree.first[row], tree.first[row + 1])];
  }
}
