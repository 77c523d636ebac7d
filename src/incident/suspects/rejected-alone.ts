import { toldInAnswer } from '../rejections.ts';
import { Ending, type Traffic } from '../traffic.ts';
import type { Side } from './side.ts';

/** Calls on either side, and of other workloads, that say something. */
const FEW = 20;
/** Share of a caller's calls that must be rejected, and of its known-good and the others' ones that may be. */
const MOSTLY = 0.8;
const HARDLY = 0.05;
/** A limit of rates holds who asks most, which may be as before. */
const TOO_MANY = '429';

/**
 * Whether a rejected call is its caller's fault: most of what it asks of the operation is rejected since
 * then, and hardly was before, while the operation serves other workloads as ever. It asks wrongly, or
 * with a credential that is no good any more.
 */
export function rejectedAlone(
  { traffic: good }: Side,
  { traffic }: Side,
): (row: number) => boolean {
  const served = new Set(traffic.callee);
  const edges = new Map<string, boolean>();
  return (row) => {
    if (traffic.ending[row] !== Ending.rejected || toldInAnswer(traffic, row)) return false;
    if (traffic.status(row) === TOO_MANY) return false;
    const caller = traffic.caller[row] as number;
    if (!served.has(caller)) return false;
    const key = `${caller} ${traffic.operation[row]}`;
    const known = edges.get(key) ?? isAlone(row, caller);
    edges.set(key, known);
    return known;
  };

  function isAlone(row: number, caller: number): boolean {
    const operation = traffic.operation[row] as number;
    const before = counted(good, operation, caller, good.start);
    const now = counted(traffic, operation, caller, firstRejected(traffic, operation, caller));
    return (
      isEnough(before.own) &&
      isEnough(now.own) &&
      isEnough(now.others) &&
      before.own.rejected <= HARDLY * before.own.calls &&
      now.own.rejected >= MOSTLY * now.own.calls &&
      now.others.rejected <= HARDLY * now.others.calls
    );
  }

  /** Calls of an operation by one caller, and by other workloads that serve something. */
  function counted(of: Traffic, operation: number, caller: number, since: number) {
    const own = { calls: 0, rejected: 0 };
    const others = { calls: 0, rejected: 0 };
    for (let row = 0; row < of.size; row++) {
      if (of.operation[row] !== operation || (of.ts[row] as number) < since) continue;
      const by = of.caller[row] as number;
      if (by !== caller && !served.has(by)) continue;
      const side = by === caller ? own : others;
      side.calls++;
      if (of.ending[row] === Ending.rejected) side.rejected++;
    }
    return { own, others };
  }
}

function firstRejected(traffic: Traffic, operation: number, caller: number): number {
  for (let row = 0; row < traffic.size; row++) {
    if (traffic.operation[row] !== operation || traffic.caller[row] !== caller) continue;
    if (traffic.ending[row] === Ending.rejected) return traffic.ts[row] as number;
  }
  return Number.POSITIVE_INFINITY;
}

function isEnough({ calls }: { readonly calls: number }): boolean {
  return calls >= FEW;
}
