import { fisherExactGreater } from '../../compare/stats/exact.ts';
import { benjaminiHochberg } from '../../compare/stats/multiple.ts';
import { type Counted, withBorrowed } from '../borrowed.ts';
import { Ending, type Traffic } from '../traffic.ts';
import { askedBesides } from './asked-besides.ts';

/** Share (0…1) of the calls by which an ending must have become more frequent. */
const RISEN = 0.01;
/** Share of the rises that may be luck (Benjamini-Hochberg over all operations and endings). */
const LUCK = 1e-3;

const TROUBLE = [Ending.rejected, Ending.failed, Ending.unanswered] as const;

/** Operations of a workload, each with too few calls to tell, that tell together. */
const SEVERAL = 3;
/** Times as many calls as known-good ones: of more, those say nothing. */
const MORE_CALLS = 3;

interface Rise {
  readonly operations: readonly number[];
  readonly ending: Ending;
  /** Share of the calls with this ending that is beyond what is usual. */
  readonly excess: number;
  /** Probability of as much by luck. */
  readonly chance: number;
}

/**
 * How much of each call of the incident is trouble that known-good traffic hasn't: the share of its
 * operation's calls with that ending which is beyond what is usual, 0 where it is not. Fisher's exact
 * test, by the calls of both sides, so that few known-good ones say little; that many operations and
 * endings are looked at is accounted for. Rejections of what is asked beside the usual are none.
 */
export function troubledCalls(good: Traffic, bad: Traffic): Float64Array {
  const before = countEndings(good);
  const after = countEndings(bad);
  const rises = [...after.operations].flatMap(([operation, is]) =>
    TROUBLE.map((ending) => {
      const was = isBesides(operation, ending, before, after)
        ? undefined
        : usualOf(operation, is.callee, ending, before);
      return { operations: [operation], ending, ...riseOf(countedOf(is, ending), was) };
    }),
  );
  const excess = significant([...rises, ...spreadRises(before, after)]);
  const troubled = new Float64Array(bad.size);
  for (let row = 0; row < bad.size; row++) {
    if (!isOver(bad, after.longest, row)) continue;
    troubled[row] = excess.get(bad.operation[row] as number)?.[bad.ending[row] as number] ?? 0;
  }
  return troubled;
}

/**
 * The known-good calls that an operation's endings are measured by: its own; where these are few what
 * else its workload served, but not for rejections, which are of what was asked.
 */
function usualOf(
  operation: number,
  callee: number,
  ending: Ending,
  { operations, workloads }: ReturnType<typeof countEndings>,
): Counted | undefined {
  const own = operations.get(operation);
  const counted = own ? countedOf(own, ending) : { count: 0, calls: 0 };
  if (ending === Ending.rejected) return own && counted;
  const workload = workloads.get(callee);
  if (!workload) return undefined;
  const { count, calls } = countedOf(workload, ending);
  return withBorrowed(counted, count / calls);
}

/** Whether calls that are rejected come beside those that are usual. */
function isBesides(
  operation: number,
  ending: Ending,
  before: ReturnType<typeof countEndings>,
  after: ReturnType<typeof countEndings>,
): boolean {
  const [was, is] = [before.operations.get(operation), after.operations.get(operation)];
  if (ending !== Ending.rejected || !was || !is) return false;
  return askedBesides(
    { ...countedOf(is, ending), others: after.asked - is.asked },
    { ...countedOf(was, ending), others: before.asked - was.asked },
  );
}

function riseOf(is: Counted, was: Counted | undefined): Pick<Rise, 'excess' | 'chance'> {
  const none = { excess: 0, chance: 1 };
  if (is.count === 0 || !was) return none;
  const [now, then] = [is.count / is.calls, was.count / was.calls];
  if (now - then < RISEN) return none;
  const chance = fisherExactGreater(
    { some: is.count, all: is.calls },
    { some: was.count, all: was.calls },
  );
  return { excess: (now - then) / now, chance };
}

/**
 * What several operations of a workload begin to do that none of them ever did, such as names that a
 * resolver does not answer: each has too few calls to tell. Not rejections, as above.
 */
function spreadRises(
  before: ReturnType<typeof countEndings>,
  after: ReturnType<typeof countEndings>,
): Rise[] {
  return [Ending.failed, Ending.unanswered].flatMap((ending) => {
    const never = [...after.operations].flatMap(([operation, is]) => {
      const was = before.operations.get(operation);
      const comparable = was && was.counts[ending] === 0 && is.calls <= MORE_CALLS * was.calls;
      return comparable ? [{ operation, is, was }] : [];
    });
    return [...Map.groupBy(never, ({ is }) => is.callee).values()].flatMap((group): Rise[] => {
      const begun = group.filter(({ is }) => (is.counts[ending] as number) > 0);
      if (begun.length < SEVERAL) return [];
      const calls = (side: 'is' | 'was') => group.reduce((sum, one) => sum + one[side].calls, 0);
      const count = group.reduce((sum, { is }) => sum + (is.counts[ending] as number), 0);
      const rise = riseOf({ count, calls: calls('is') }, { count: 0, calls: calls('was') });
      return [{ operations: begun.map(({ operation }) => operation), ending, ...rise }];
    });
  });
}

/** The excess by operation and ending of the rises that are no luck. */
function significant(rises: readonly Rise[]): Map<number, number[]> {
  const adjusted = benjaminiHochberg(rises.map(({ chance }) => chance));
  const excess = new Map<number, number[]>();
  for (const [i, rise] of rises.entries()) {
    if ((adjusted[i] as number) > LUCK) continue;
    for (const operation of rise.operations) {
      const at = excess.get(operation) ?? [];
      excess.set(operation, at);
      at[rise.ending] = Math.max(at[rise.ending] ?? 0, rise.excess);
    }
  }
  return excess;
}

function countedOf({ counts, calls }: Endings, ending: Ending): Counted {
  return { count: counts[ending] as number, calls };
}

interface Endings {
  readonly counts: number[];
  calls: number;
  /** Of them, those of callers that nobody calls: users, above all. */
  asked: number;
  readonly callee: number;
}

function countEndings(traffic: Traffic) {
  const { size, operation, caller, callee, ending, latency } = traffic;
  const served = new Set(callee);
  const longest = new Map<number, number>();
  for (let row = 0; row < size; row++) {
    const time = latency[row] as number;
    const at = operation[row] as number;
    if (time > (longest.get(at) ?? 0)) longest.set(at, time);
  }
  const operations = new Map<number, Endings>();
  const workloads = new Map<number, Endings>();
  let asked = 0;
  const count = (into: Map<number, Endings>, key: number, row: number) => {
    const at = into.get(key) ?? {
      counts: [0, 0, 0, 0],
      calls: 0,
      asked: 0,
      callee: callee[row] as number,
    };
    if (!served.has(caller[row] as number)) at.asked++;
    const kind = ending[row] as number;
    at.counts[kind] = (at.counts[kind] as number) + 1;
    at.calls++;
    into.set(key, at);
  };
  for (let row = 0; row < size; row++) {
    if (!isOver(traffic, longest, row)) continue;
    if (!served.has(caller[row] as number)) asked++;
    count(operations, operation[row] as number, row);
    count(workloads, callee[row] as number, row);
  }
  return { operations, workloads, longest, asked };
}

/** Whether a call would have been answered before the traffic ends, had it been at all. */
function isOver(traffic: Traffic, longest: ReadonlyMap<number, number>, row: number): boolean {
  if (traffic.ending[row] !== Ending.unanswered) return true;
  const wait = longest.get(traffic.operation[row] as number) ?? 0;
  return (traffic.ts[row] as number) + wait <= traffic.end;
}
