import type { Side } from './side.ts';
import { waitAlone } from './wait-alone.ts';

/** A callee without calls, and who fails where it used to call it: one of them, or either, is at fault. */
export type Fault = 'callee' | 'caller' | 'either';

/** A workload that is called no more, and from when on, Unix ms; until when, where it comes and goes. */
export interface Silent {
  readonly callee: number;
  readonly since: number;
  readonly until: number;
}

/** Calls that show something. */
const FEW = 3;
/** Share of another's usual answers that it still gets from a callee that is there. */
const STILL = 0.5;
/** What was under way when a callee fell silent may still be answered, ms. */
export const UNDER_WAY_MS = 1_000;

/** Calls that fail without the one to the callee that they used to make. */
interface Missed {
  readonly caller: number;
  readonly rows: readonly number[];
  /** How many other callers fail likewise. */
  readonly others: number;
  /** It was just rolled out, or fails where it needs no callee as well. */
  readonly speaksForCaller: boolean;
}

/**
 * Who is at fault where calls fail for want of a callee that nobody calls any more. For the callee
 * speaks that others fail for it as well, that calls to it which depend on no service (users', health
 * checks) are gone too, or that the failing calls wait, as for a connection; for the caller, that
 * others still get answers, and what else is known.
 */
export function faultOf(
  { callee, since, until }: Silent,
  { caller, rows, others, speaksForCaller }: Missed,
  good: Side,
  bad: Side,
): Fault {
  const served = new Set([...good.traffic.callee, ...bad.traffic.callee]);
  const first = Math.min(...rows.map((row) => bad.traffic.ts[row] as number));
  const from = Math.max(since, first) + UNDER_WAY_MS;
  const to = Math.min(until, bad.traffic.end);
  const before = answersTo(good, callee, good.traffic.start, good.traffic.end);
  const after = answersTo(bad, callee, from, to);
  const longer = Math.max(0, to - from) / Math.max(1, good.traffic.end - good.traffic.start);
  let [gone, answers] = [false, false];
  for (const [by, calls] of before) {
    const expected = calls * longer;
    if (by === caller || expected < FEW) continue;
    const left = after.get(by) ?? 0;
    if (left === 0 && !served.has(by)) gone = true;
    if (left >= FEW && left >= STILL * expected) answers = true;
  }
  // What answers others is there, however long its caller waits for it.
  if (answers && others === 0) return 'caller';
  const forCallee = others > 0 || gone || waitAlone(rows, good, bad);
  const forCaller = speaksForCaller || answers;
  if (forCallee === forCaller) return 'either';
  return forCallee ? 'callee' : 'caller';
}

/** Answered calls to a workload between two moments, by caller. */
function answersTo(
  { traffic }: Side,
  workload: number,
  since: number,
  until: number,
): Map<number, number> {
  const calls = new Map<number, number>();
  for (let row = 0; row < traffic.size; row++) {
    const ts = traffic.ts[row] as number;
    if (traffic.callee[row] !== workload || ts < since || ts > until) continue;
    if (Number.isNaN(traffic.latency[row])) continue;
    const by = traffic.caller[row] as number;
    calls.set(by, (calls.get(by) ?? 0) + 1);
  }
  return calls;
}
