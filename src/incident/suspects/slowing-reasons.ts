import { isSqlProtocol } from '../../calls/protocol-kind.ts';
import { ms, percent } from '../../compare/words.ts';
import { median, sum } from '../../support/numbers.ts';
import type { Cell } from './cells.ts';
import type { Context } from './describe.ts';
import { ownChange } from './own-change.ts';
import type { Ranked } from './rank.ts';

/** Share of an operation's latency below which nobody feels what is added. */
const FELT = 0.01;

/** Where the time goes by that a suspect adds to others' calls. */
export function slowingReasons({ workload, slowing, felt }: Ranked, context: Context): string[] {
  const { evidence, given } = context;
  const { names } = given;
  const added = evidence.added.get(workload);
  if (!added || slowing <= 0) return [];
  const reasons: string[] = [];
  const own = ownChange(added.handled);
  const out = ownChange(added.made);
  const made = out && added.out > 0 && growth(added.made);
  if (own && growth(added.handled)) {
    reasons.push(
      `Its own time went from ${ms(own.before)} to ${ms(own.after)} a call (${own.calls.before} calls before, ${own.calls.after} now).`,
    );
  }
  const more = ownChange(added.more);
  if (more) {
    reasons.push(
      `It makes more calls, or others: they would usually take ${ms(more.after)} for each call it handles, where it was ${ms(more.before)}.`,
    );
    if (!own || more.after - more.before > own.after - own.before) reasons.reverse();
  }
  if (made) {
    reasons.push(
      `Its calls out are slower alike, from ${ms(out.before)} to ${ms(out.after)}, which those it calls do not show to others.`,
    );
    if (added.out > added.own) reasons.reverse();
  }
  if (added.beside > 0) {
    const callers = [...new Set(added.called.map(({ callee }) => names.workloads[callee]))];
    reasons.push(`Time goes by in ${callers.join(', ')} ${whereWords(workload, evidence)}`);
    if (added.beside > added.own) reasons.reverse();
  }
  if (own) reasons.push(...oneStatementReason(added.handled, given));
  const waited = names.operations[felt.operation];
  if (waited && felt.share >= FELT && reasons.length > 0) {
    reasons.push(
      `That adds ${ms(felt.ms)} to each ${waited.operation}, ${percent(felt.share)} of what it took.`,
    );
  }
  return [...reasons, ...replicaReason(workload, context)];
}

/** Where time goes by in the callers of a workload for its sake. */
function whereWords(workload: number, { gone, holding }: Context['evidence']): string {
  if (gone.has(workload))
    return "where it would be called, and nobody's calls to it are seen any more.";
  if (holding.has(workload))
    return 'before calls to it that begin when others end, while slow ones are under way: as where these hold the connections of a pool.';
  return 'right beside the calls to it and nowhere else: on the way to it, or in it where it is not seen.';
}

/** Standard errors by which times must have grown to be told, and a share of what they were. */
const SURE = 3;
const GREW = 0.05;

/** Whether the cells together grew beyond noise. */
function growth(cells: readonly Cell[]): boolean {
  let [excess, variance, base] = [0, 0, 0];
  for (const { good, bad, excess: more, error } of cells) {
    if (good.size === 0 || bad.size === 0) continue;
    excess += more * bad.size;
    variance += (error * bad.size) ** 2;
    base += good.mean * bad.size;
  }
  return excess > SURE * Math.sqrt(variance) && excess > GREW * base;
}

/** Share of what a store's calls are slower by that one statement has. */
const OF_ONE_STATEMENT = 0.9;
/** Calls of another statement that show how long it takes. */
const LEAST_CALLS = 20;

/** One statement of a store that is slower while all others are as quick as ever: it waits, as for a lock. */
function oneStatementReason(handled: readonly Cell[], { names }: Context['given']): string[] {
  const more = (some: readonly Cell[]) =>
    sum(some, ({ excess, bad }) => Math.max(0, excess) * bad.size);
  const all = more(handled);
  const statements = [...Map.groupBy(handled, ({ operation }) => operation)];
  const [slow] = statements.find(([, some]) => more(some) >= OF_ONE_STATEMENT * all) ?? [];
  const name = slow === undefined ? undefined : names.operations[slow];
  if (!name || !isSqlProtocol(name.protocol)) return [];
  const others = statements.filter(
    ([operation, some]) => operation !== slow && sum(some, ({ bad }) => bad.size) >= LEAST_CALLS,
  );
  if (others.length === 0 || others.some(([, some]) => growth(some))) return [];
  return [
    `Only ${name.operation} takes longer; its ${others.length === 1 ? 'other statement takes' : `${others.length} other statements take`} as long as ever: as where one waits for a lock, or is carried out in another way.`,
  ];
}

/** Share of the slow calls that one replica has, where it serves no more than half of all. */
function replicaReason(workload: number, { given, evidence }: Context): string[] {
  const { traffic, own } = evidence.bad;
  const pods = new Map<number, number[]>();
  for (let row = 0; row < traffic.size; row++) {
    const pod = traffic.pod[row] as number;
    if (traffic.callee[row] !== workload || pod < 0 || Number.isNaN(own[row] as number)) continue;
    const at = pods.get(pod) ?? [];
    at.push(own[row] as number);
    pods.set(pod, at);
  }
  if (pods.size < 2) return [];
  const medians = [...pods]
    .filter(([, times]) => times.length >= 10)
    .map(([pod, times]) => ({ pod, median: median(times), calls: times.length }))
    .sort((a, b) => b.median - a.median || a.pod - b.pod);
  const [slowest, next] = medians;
  if (!slowest || !next || slowest.median < 2 * next.median || slowest.median < 5) return [];
  return [
    `One of its replicas, ${given.names.pods[slowest.pod]}, is the slow one: ${ms(slowest.median)} of own time against ${ms(next.median)} in the next.`,
  ];
}
