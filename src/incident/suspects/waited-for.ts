import type { UsualLatencies } from '../failures/troubled.ts';
import { rowsBy } from '../rows-by.ts';
import { Ending } from '../traffic.ts';
import type { Side } from './side.ts';
import { childrenOf } from './tree.ts';

/** Share of what a call waited that a slow call must have taken for it. */
const MOSTLY = 0.6;
/** Slow calls under way beside one that waits by itself, which hold what it waits for; and ms that are a wait. */
const HOLDERS = 2;
const WAIT_MS = 50;

/** Of a call that was given up, or waited with nothing called: the slow call that it, or those beside it, waited for. */
export function waitedForBy(
  { traffic, tree, spans, own }: Side,
  usual: UsualLatencies,
): (row: number) => number | undefined {
  const made = rowsBy(
    traffic.caller,
    1 + traffic.caller.reduce((most, caller) => Math.max(most, caller), -1),
  );
  const slow = new Map<number, readonly number[]>();
  return (row) => slowBelow(row) ?? holderBeside(row);

  function slowBelow(row: number): number | undefined {
    if (traffic.ending[row] !== Ending.unanswered) return undefined;
    const waited = spans[row] as number;
    const found = childrenOf(tree, row).find(
      (child) => isSlow(child) && !((traffic.latency[child] as number) < MOSTLY * waited),
    );
    return found === undefined ? undefined : (slowBelow(found) ?? found);
  }

  /** What takes long under way for others of the same workload, while this call waits with nothing called. */
  function holderBeside(row: number): number | undefined {
    const waited = spans[row] as number;
    const alone = Number.isNaN(own[row] as number)
      ? childrenOf(tree, row).length === 0
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
}
