import { fisherExactGreater } from '../../compare/stats/exact.ts';
import { Ending, type Traffic } from '../traffic.ts';

/** Share (0…1) of the calls by which an ending must have become more frequent, and the chance that it did so by luck. */
const RISEN = 0.01;
const LUCK = 1e-4;
/** Calls of an operation from which on its known-good share of an ending is its own. */
const FEW = 5;

const TROUBLE = [Ending.rejected, Ending.failed, Ending.unanswered] as const;

/**
 * How much of each call of the incident is trouble that known-good traffic hasn't: the share of its
 * operation's calls with that ending which is beyond what is usual, 0 where it is not.
 */
export function troubledCalls(good: Traffic, bad: Traffic): Float64Array {
  const before = countEndings(good);
  const after = countEndings(bad);
  const excess = new Map<number, number[]>();
  for (const [operation, { counts, calls, callee }] of after.operations) {
    const own = before.operations.get(operation);
    // What was not called before is measured by what else its workload served.
    const usual = own && own.calls >= FEW ? own : before.workloads.get(callee);
    excess.set(
      operation,
      counts.map((count, ending) => {
        if (!TROUBLE.some((kind) => kind === ending) || count === 0) return 0;
        const was = usual ? (usual.counts[ending] as number) / usual.calls : 0;
        const is = count / calls;
        if (is - was < RISEN) return 0;
        const chance = usual
          ? fisherExactGreater(count, calls, usual.counts[ending] as number, usual.calls)
          : 1;
        return chance < LUCK ? (is - was) / is : 0;
      }),
    );
  }
  const troubled = new Float64Array(bad.size);
  for (let row = 0; row < bad.size; row++) {
    if (!isOver(bad, after.longest, row)) continue;
    troubled[row] = excess.get(bad.operation[row] as number)?.[bad.ending[row] as number] ?? 0;
  }
  return troubled;
}

interface Endings {
  readonly counts: number[];
  calls: number;
  readonly callee: number;
}

function countEndings(traffic: Traffic) {
  const { size, operation, callee, ending, latency } = traffic;
  const longest = new Map<number, number>();
  for (let row = 0; row < size; row++) {
    const time = latency[row] as number;
    const at = operation[row] as number;
    if (time > (longest.get(at) ?? 0)) longest.set(at, time);
  }
  const operations = new Map<number, Endings>();
  const workloads = new Map<number, Endings>();
  const count = (into: Map<number, Endings>, key: number, row: number) => {
    const at = into.get(key) ?? { counts: [0, 0, 0, 0], calls: 0, callee: callee[row] as number };
    const kind = ending[row] as number;
    at.counts[kind] = (at.counts[kind] as number) + 1;
    at.calls++;
    into.set(key, at);
  };
  for (let row = 0; row < size; row++) {
    if (!isOver(traffic, longest, row)) continue;
    count(operations, operation[row] as number, row);
    count(workloads, callee[row] as number, row);
  }
  return { operations, workloads, longest };
}

/** Whether a call would have been answered before the traffic ends, had it been at all. */
function isOver(traffic: Traffic, longest: ReadonlyMap<number, number>, row: number): boolean {
  if (traffic.ending[row] !== Ending.unanswered) return true;
  const wait = longest.get(traffic.operation[row] as number) ?? 0;
  return (traffic.ts[row] as number) + wait <= traffic.end;
}
