import { Ending, type Stretch, type Traffic } from '../traffic.ts';
import type { Side } from './side.ts';
import { type Fault, faultOf, type Silent, UNDER_WAY_MS } from './silent-callee.ts';

/** Where a failing call that counts ends. */
export interface End {
  /** Of the call that is waited for, and of the deepest failing one below. */
  readonly row: number;
  readonly last: number;
  readonly amount: number;
  readonly late: boolean;
  readonly silent?: Silent;
}

/** Who is at fault, by silent callee and caller. */
export function faultsOf(
  ends: readonly End[],
  lacks: (row: number, callee: number) => boolean,
  good: Side,
  bad: Side,
  rolledOut: (workload: number, since: number) => boolean,
): Map<string, Fault> {
  const callers = new Map<number, Map<number, End[]>>();
  const all = new Map<number, number>();
  for (const end of ends) {
    const by = bad.traffic.callee[end.last] as number;
    all.set(by, (all.get(by) ?? 0) + 1);
    if (!end.silent) continue;
    const of = callers.get(end.silent.callee) ?? new Map<number, End[]>();
    callers.set(end.silent.callee, of);
    const those = of.get(by) ?? [];
    of.set(by, those);
    those.push(end);
  }
  const faults = new Map<string, Fault>();
  for (const [callee, of] of callers) {
    for (const [caller, those] of of) {
      const [first] = those;
      if (!first?.silent) continue;
      const others = [...of].filter(([by, { length }]) => by !== caller && length >= FEW).length;
      const rows = those.map(({ last }) => last);
      const elsewhere = those.length < MOSTLY * (all.get(caller) ?? 0);
      const failing = Math.min(...rows.map((row) => bad.traffic.ts[row] as number));
      const speaksForCaller = elsewhere || rolledOut(caller, failing);
      const lacking = ends
        .filter(({ last }) => bad.traffic.callee[last] === caller && lacks(last, callee))
        .map(({ last }) => last);
      const isCallers =
        others === 0 &&
        (first.silent.until < Number.POSITIVE_INFINITY
          ? rows.some((row) => !hasBegun(bad, row))
          : stillGets(bad, caller, callee, lacking));
      const fault = isCallers
        ? 'caller'
        : faultOf(first.silent, { caller, rows, others, speaksForCaller }, good, bad);
      faults.set(`${callee} ${caller}`, fault);
    }
  }
  return faults;
}

/** Failing calls by which another caller misses a callee as well. */
const FEW = 3;
/** Share of what a caller fails in that a silent callee must account for. */
const MOSTLY = 0.75;

/** Whether a call has got to work: it called somebody before it failed. */
function hasBegun({ tree }: Side, row: number): boolean {
  return (tree.first[row + 1] as number) > (tree.first[row] as number);
}

/** Whether a workload goes on getting answers from a callee while it fails without calling it: then those of its replicas that fail are at fault. */
function stillGets(
  { traffic }: Side,
  caller: number,
  callee: number,
  lacking: readonly number[],
): boolean {
  const since = lacking.map((row) => traffic.ts[row] as number).sort((a, b) => a - b)[FEW - 1];
  if (since === undefined) return false;
  const answers: number[] = [];
  for (let row = 0; row < traffic.size; row++) {
    if (traffic.caller[row] !== caller || traffic.callee[row] !== callee) continue;
    if (!Number.isNaN(traffic.latency[row])) answers.push(traffic.ts[row] as number);
  }
  const operations = new Set(lacking.map((row) => traffic.operation[row] as number));
  return [{ from: since, to: Number.POSITIVE_INFINITY }, ...failingReplicas(traffic, operations)]
    .map(({ from, to }) => answers.filter((ts) => ts > from + UNDER_WAY_MS && ts < to).length)
    .some((answered) => answered >= FEW);
}

/** Times in which a replica fails each call of these operations, from the third on; linked or not. */
function failingReplicas(traffic: Traffic, operations: ReadonlySet<number>): Stretch[] {
  const stretches: Stretch[] = [];
  const failing = new Map<number, number[]>();
  for (let row = 0; row < traffic.size; row++) {
    if (!operations.has(traffic.operation[row] as number)) continue;
    const pod = traffic.pod[row] as number;
    const ts = traffic.ts[row] as number;
    const times = failing.get(pod) ?? [];
    if ((traffic.ending[row] as Ending) >= Ending.failed) {
      if (times.length < FEW) failing.set(pod, [...times, ts]);
    } else {
      failing.delete(pod);
      if (times.length >= FEW) stretches.push({ from: times[FEW - 1] as number, to: ts });
    }
  }
  for (const times of failing.values()) {
    if (times.length < FEW) continue;
    stretches.push({ from: times[FEW - 1] as number, to: Number.POSITIVE_INFINITY });
  }
  return stretches;
}
