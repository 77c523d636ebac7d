import { piledAt } from '../failures/piled.ts';
import { Ending, type Traffic } from '../traffic.ts';
import type { Side } from './side.ts';

/** Calls given up that show something, and known-good ones beside them. */
const FEW = 10;
const FEW_GOOD = 30;
/** Share of the calls given up that must have taken as long in known-good traffic. */
const AS_MANY = 0.5;
/** So much longer than what is waited for now must they have taken: answers under way come a moment later. */
const LONGER = 1.1;

/**
 * For a call without an answer: the call that made it and gave up, where known-good calls took as long as
 * it waits now, and were waited for. Undefined where it is the callee that takes longer, or closes the
 * connection: then the waits are unlike, or none.
 */
export function gaveUpSooner(
  good: Traffic,
  { traffic, spans }: Side,
): (row: number) => number | undefined {
  const edges = new Map<string, boolean>();
  return (row) => {
    const parent = traffic.parent[row] as number;
    if (traffic.ending[row] !== Ending.unanswered || parent < 0) return undefined;
    const key = `${traffic.caller[row]} ${traffic.operation[row]}`;
    const known = edges.get(key) ?? isSooner(row);
    edges.set(key, known);
    return known ? parent : undefined;
  };

  function isSooner(of: number): boolean {
    const waits: number[] = [];
    let calls = 0;
    for (let row = of; row < traffic.size; row++) {
      if (!isSame(traffic, row, traffic, of)) continue;
      calls++;
      const waited = spans[row] as number;
      if (traffic.ending[row] === Ending.unanswered && waited >= 0) waits.push(waited);
    }
    const wait = waits.length < FEW ? undefined : piledAt(waits);
    if (wait === undefined) return false;
    let [before, longer] = [0, 0];
    for (let row = 0; row < good.size; row++) {
      if (!(isSame(good, row, traffic, of) && (good.latency[row] as number) >= 0)) continue;
      before++;
      if ((good.latency[row] as number) > LONGER * wait) longer++;
    }
    return before >= FEW_GOOD && longer / before >= (AS_MANY * waits.length) / calls;
  }
}

function isSame(a: Traffic, row: number, b: Traffic, of: number): boolean {
  return a.operation[row] === b.operation[of] && a.caller[row] === b.caller[of];
}
