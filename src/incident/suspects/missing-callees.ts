import { lowerBound } from '../reading/reading.ts';
import type { Traffic } from '../traffic.ts';
import type { Side } from './side.ts';
import type { Silent } from './silent-callee.ts';

/** Share of an operation's calls that call a workload, from which on that it does not is telling; and calls that show it. */
const OFTEN = 0.3;
const FEW = 5;
/** Of the calls that a workload had, those that it still has when nothing answers there. */
const SILENT = 0.1;
/** Calls that are usual in a time without any, which is no chance then: it comes and goes. */
const MANY = 10;

export interface MissingCallees {
  /** The first one missing from a call that nobody calls any more. */
  readonly of: (row: number) => Silent | undefined;
  /** Whether a call lacks one that its operation often calls. */
  readonly lacks: (row: number, callee: number) => boolean;
}

/**
 * For a failing call of the incident that nothing below it explains: a workload that it often calls
 * and didn't, when that workload is called by nobody any more, or by nobody for a while. A refused
 * connection leaves no call behind; but nor does a call that fails before it would call. Undefined where
 * there is none.
 */
export function missingCallees(good: Side, bad: Side): MissingCallees {
  const often = oftenCalled(good);
  const silence = new Map<number, readonly Silent[]>();
  return {
    of: (row) => {
      const start = bad.traffic.ts[row] as number;
      for (const callee of missingFrom(row)) {
        const silent = silencesOf(callee).find(
          ({ since, until }) => start >= since && start < until,
        );
        if (silent) return silent;
      }
      return undefined;
    },
    lacks: (row, callee) => missingFrom(row).includes(callee),
  };

  function missingFrom(row: number): readonly number[] {
    const usual = often.get(bad.traffic.operation[row] as number);
    if (!usual) return [];
    const called = new Set<number>();
    const { first, child } = bad.tree;
    for (let i = first[row] as number; i < (first[row + 1] as number); i++) {
      called.add(bad.traffic.callee[child[i] as number] as number);
    }
    return usual.filter((callee) => !called.has(callee));
  }

  function silencesOf(callee: number): readonly Silent[] {
    let silences = silence.get(callee);
    if (silences === undefined) {
      const since = lastCall(bad.traffic, callee, good.traffic);
      const last = { callee, since, until: Number.POSITIVE_INFINITY };
      silences = [last, ...pauses(bad.traffic, callee, good.traffic)];
      silence.set(callee, silences);
    }
    return silences;
  }
}

/** By operation: workloads called by many calls of it, in the order in which they first are. */
function oftenCalled({ traffic, tree }: Side): Map<number, number[]> {
  const counted = new Map<number, { calls: number; callees: Map<number, number> }>();
  for (let row = 0; row < traffic.size; row++) {
    if (tree.known[row] === 0) continue;
    const operation = traffic.operation[row] as number;
    const at = counted.get(operation) ?? { calls: 0, callees: new Map<number, number>() };
    counted.set(operation, at);
    at.calls++;
    const seen = new Set<number>();
    for (let i = tree.first[row] as number; i < (tree.first[row + 1] as number); i++) {
      seen.add(traffic.callee[tree.child[i] as number] as number);
    }
    for (const callee of seen) at.callees.set(callee, (at.callees.get(callee) ?? 0) + 1);
  }
  const often = new Map<number, number[]>();
  for (const [operation, { calls, callees }] of counted) {
    if (calls < FEW) continue;
    const usual = [...callees].filter(([, times]) => times >= OFTEN * calls).map(([at]) => at);
    if (usual.length > 0) often.set(operation, usual);
  }
  return often;
}

/** From when on a workload has next to no calls, Unix ms; infinite where it goes on having them. */
function lastCall(bad: Traffic, callee: number, good: Traffic): number {
  const usual = countFrom(good, callee, 0) / Math.max(1, good.end - good.start);
  const rows: number[] = [];
  for (let row = 0; row < bad.size; row++) if (bad.callee[row] === callee) rows.push(row);
  // The earliest moment after which what is left is too little.
  for (let i = 0; i <= rows.length; i++) {
    const from = i === 0 ? bad.start : (bad.ts[rows[i - 1] as number] as number);
    const expected = usual * (bad.end - from);
    if (expected < FEW) return Number.POSITIVE_INFINITY;
    if (rows.length - i <= SILENT * expected) return from;
  }
  return Number.POSITIVE_INFINITY;
}

function countFrom(traffic: Traffic, callee: number, from: number): number {
  let count = 0;
  for (let row = lowerBound(traffic.ts, from, 0, traffic.size); row < traffic.size; row++) {
    if (traffic.callee[row] === callee) count++;
  }
  return count;
}

/** Times within the incident in which nobody calls a workload, too long to be chance. */
function pauses(bad: Traffic, callee: number, good: Traffic): Silent[] {
  const usual = countFrom(good, callee, 0) / Math.max(1, good.end - good.start);
  const found: Silent[] = [];
  let since = bad.start;
  for (let row = 0; row < bad.size; row++) {
    if (bad.callee[row] !== callee) continue;
    const until = bad.ts[row] as number;
    if (usual * (until - since) >= MANY) found.push({ callee, since, until });
    since = until;
  }
  return found;
}
