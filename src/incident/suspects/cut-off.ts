import type { Evidence } from './evidence.ts';
import type { Side } from './side.ts';
import { doneBefore } from './spans.ts';
import { childrenOf } from './tree.ts';
import { waitAlone } from './wait-alone.ts';

/** Share of an operation's calls that call a workload, from which on they nearly always do. */
const NEARLY = 0.75;
/** Of the usual times until a callee is called, the share that failing calls which get there may end within. */
const SOONEST = 0.1;
/** Of the usual calls from one to another, those that are left where it does not get there. */
const LEFT = 0.1;
/** Calls that show something; share of another's usual answers that it still gets. */
const FEW = 5;
const STILL = 0.5;

/** Whom a workload does not get to any more, and who still does: indices in `Names.workloads`. */
export interface CutOff {
  readonly callee: number;
  readonly others: readonly number[];
}

/**
 * The workload that the failing calls of another would call next, where none of its calls is seen any more
 * and others are still answered: the way is cut, or they fail right before.
 */
export function cutOffFrom(workload: number, { good, bad, blame }: Evidence): CutOff | undefined {
  const all = blame.workloads.get(workload)?.rows ?? [];
  const rows = all.filter(
    (row) => bad.traffic.callee[row] === workload && bad.tree.known[row] === 1,
  );
  if (rows.length < Math.max(FEW, all.length / 2)) return undefined;
  // What fails at once, with nothing called, tells of no way.
  const begun = rows.filter((row) => calleesOf(bad, row).length > 0);
  if (begun.length < NEARLY * rows.length && !waitAlone(rows, good, bad)) return undefined;
  const since = Math.min(...rows.map((row) => bad.traffic.ts[row] as number));
  const next = usualOrder(good, new Set(rows.map((row) => bad.traffic.operation[row] as number)));
  const callee = next.find((one) => {
    const without = rows.filter((row) => !calleesOf(bad, row).includes(one));
    return without.length >= NEARLY * rows.length;
  });
  if (callee === undefined || endBefore(rows, callee, good, bad)) return undefined;
  const answers = answersSince(callee, since, { good, bad });
  const others = answers.filter(({ caller, left }) => caller !== workload && left >= STILL);
  const own = answers.find(({ caller }) => caller === workload)?.left ?? 0;
  if (others.length === 0 || own > LEFT) return undefined;
  return { callee, others: others.map(({ caller }) => caller) };
}

/** Who still gets answers from a workload while `caller` gets none, as its failing calls (`rows`) to it show. */
export function stillAnswered(
  workload: number,
  caller: number,
  rows: readonly number[],
  { good, bad }: Evidence,
): number[] {
  const since = Math.min(...rows.map((row) => bad.traffic.ts[row] as number));
  const answers = answersSince(workload, since, { good, bad });
  const own = answers.find((one) => one.caller === caller)?.left ?? 0;
  if (own > LEFT) return [];
  return answers
    .filter((one) => one.caller !== caller && one.left >= STILL)
    .map((one) => one.caller);
}

/** By who got answers from a workload often: the share (0…1) of them that is left since a moment. */
function answersSince(
  workload: number,
  since: number,
  { good, bad }: Pick<Evidence, 'good' | 'bad'>,
): { readonly caller: number; readonly left: number }[] {
  const usual = answersBy(good, workload, good.traffic.start);
  const now = answersBy(bad, workload, since);
  const longer = (bad.traffic.end - since) / Math.max(1, good.traffic.end - good.traffic.start);
  return [...usual]
    .filter(([, calls]) => calls * longer >= FEW)
    .map(([caller, calls]) => ({ caller, left: (now.get(caller) ?? 0) / (calls * longer) }));
}

/** Whom known-good calls of these operations nearly always call, in the order in which they do. */
function usualOrder(good: Side, operations: ReadonlySet<number>): number[] {
  const { traffic, tree } = good;
  const seen = new Map<number, { calls: number; places: number }>();
  let handled = 0;
  for (let row = 0; row < traffic.size; row++) {
    if (tree.known[row] === 0 || !operations.has(traffic.operation[row] as number)) continue;
    handled++;
    for (const [place, callee] of [...new Set(calleesOf(good, row))].entries()) {
      const { calls, places } = seen.get(callee) ?? { calls: 0, places: 0 };
      seen.set(callee, { calls: calls + 1, places: places + place });
    }
  }
  return [...seen]
    .filter(([, { calls }]) => calls >= Math.max(FEW, NEARLY * handled))
    .sort(([a, one], [b, two]) => one.places / one.calls - two.places / two.calls || a - b)
    .map(([callee]) => callee);
}

/**
 * Whether most of the failing calls end sooner after the last that they called than known-good ones call
 * the next: then they do not get to where they would call it.
 */
function endBefore(rows: readonly number[], callee: number, good: Side, bad: Side): boolean {
  const operations = new Set(rows.map((row) => bad.traffic.operation[row] as number));
  const usual: number[] = [];
  for (let row = 0; row < good.traffic.size; row++) {
    if (good.tree.known[row] === 0 || !operations.has(good.traffic.operation[row] as number))
      continue;
    const next = childrenOf(good.tree, row).find((child) => good.traffic.callee[child] === callee);
    if (next !== undefined)
      usual.push((good.traffic.ts[next] as number) - doneBefore(good, row, next));
  }
  const soonest = usual.sort((a, b) => a - b)[Math.floor(SOONEST * usual.length)] ?? 0;
  const sooner = rows.filter((row) => {
    const end = (bad.traffic.ts[row] as number) + (bad.spans[row] as number);
    return end - doneBefore(bad, row) < soonest;
  });
  return sooner.length >= NEARLY * rows.length;
}

function calleesOf({ traffic, tree }: Side, row: number): number[] {
  const callees: number[] = [];
  for (let i = tree.first[row] as number; i < (tree.first[row + 1] as number); i++)
    callees.push(traffic.callee[tree.child[i] as number] as number);
  return callees;
}

/** Answered calls to a workload since a moment, by caller. */
function answersBy({ traffic }: Side, workload: number, since: number): Map<number, number> {
  const calls = new Map<number, number>();
  for (let row = 0; row < traffic.size; row++) {
    if (traffic.callee[row] !== workload || (traffic.ts[row] as number) < since) continue;
    if (Number.isNaN(traffic.latency[row])) continue;
    const by = traffic.caller[row] as number;
    calls.set(by, (calls.get(by) ?? 0) + 1);
  }
  return calls;
}
