import { workloadOf } from '../../calls/operation.ts';
import { asksForHealth } from '../probes.ts';
import type { Sides } from '../sides.ts';
import { type Background, callsAlone } from './background.ts';
import type { OutcomePair, OutcomeSide } from './pair.ts';

/** Standard errors, were calls as irregular as Poisson's, from which on a sum changed. */
const DEVIATIONS = 2;

/** Calls of other operations, by those that changed, up to which a change of theirs is no noise. */
const COMPARABLE = 4;

/**
 * What all calls of a workload to a callee say of those that one operation makes. `tells`: what
 * changed there. `same`: as many as before in all, and many always by itself. `moved`: as many, but
 * now by itself, or no longer so. `handed`: as many, but another operation's now. `unclear`: none of
 * these.
 */
export type Sum = 'tells' | 'same' | 'moved' | 'handed' | 'unclear';

/** What says least of the operation stands first. */
const LEAST_FIRST: readonly Sum[] = ['same', 'moved', 'handed', 'unclear', 'tells'];

/**
 * Looks at the calls that a workload also makes by itself: polls, commits and probes whose periods
 * divide each other keep step for a whole capture, so one is linked to the other in this rollout and
 * not in the next. `pairs`: every operation, its outcomes as one; `timeRatio`: candidate's time that holds calls by the
 * baseline's; `change`: calls more or less of an operation than its handled calls let expect.
 */
export function sumsOf(
  pairs: readonly OutcomePair[],
  background: Sides<Background>,
  timeRatio: number,
) {
  const operations = Map.groupBy(pairs, ({ operation }) => workloadOf(operation));

  return (operation: string, callee: string, change: number): Sum => {
    const workload = workloadOf(operation);
    const mine = operations.get(workload) ?? [];
    const alone = callsAlone(background, workload, callee);
    const calls: Calls = {
      mine: mine.map(({ base, cand, ...pair }) => ({
        isIt: pair.operation === operation,
        before: callsTo(base, callee),
        after: callsTo(cand, callee),
        ratio: base.handled === 0 ? 0 : cand.handled / base.handled,
      })),
      before: alone.base,
      after: alone.cand,
      isProbe: asksForHealth({ operation }),
    };
    // Each pod works by itself, as regularly as the kubelet asks it, or one of them does for all.
    const probe = mine.find((pair) => asksForHealth(pair) && pair.base.handled > 0);
    const ratios = [timeRatio, ...(probe ? [probe.cand.handled / probe.base.handled] : [])];
    const sums = ratios.map((ratio) => sumBy(calls, ratio, change));
    return LEAST_FIRST.find((sum) => sums.includes(sum)) ?? 'tells';
  };
}

/** Calls of one workload to one callee on both sides. */
interface Calls {
  /** By operation handled; `ratio`: the candidate's handled calls by the baseline's. */
  readonly mine: readonly {
    /** Whether it is the operation in question. */
    readonly isIt: boolean;
    readonly before: number;
    readonly after: number;
    readonly ratio: number;
  }[];
  /** On no known call's account. */
  readonly before: number;
  readonly after: number;
  /** Whether the operation in question is a probe's. */
  readonly isProbe: boolean;
}

/** What the sum says where the workload does `ratio` times as much by itself as before. */
function sumBy({ mine, before, after, isProbe }: Calls, ratio: number, change: number): Sum {
  const its = Math.max(0, ...mine.flatMap((one) => (one.isIt ? [one.before, one.after] : [])));
  // What runs by the clock as well happens to meet a probe.
  if (isProbe && Math.max(before, after) >= COMPARABLE * its) return 'same';
  const few = Math.abs(change) / 2;
  const [whereLess, whereMore] = change < 0 ? [after, before * ratio] : [before * ratio, after];
  let expected = before * ratio;
  let seen = after;
  // Of all operations that changed alike: what they took from each other's and its own work is no change.
  let alike = 0;
  for (const one of mine) {
    seen += one.after;
    expected += one.before * one.ratio;
    alike += Math.max(0, Math.sign(change) * (one.after - one.before * one.ratio));
  }
  const moved = seen - expected;
  if (whereLess < few) return Math.abs(moved) < few && isHanded(mine, change) ? 'handed' : 'tells';
  const always = whereMore >= few;
  if (Math.abs(moved) < few) return always || isProbe ? 'same' : 'moved';
  const sure = Math.abs(moved) >= DEVIATIONS * Math.sqrt(seen + expected);
  const isSame = Math.sign(moved) === Math.sign(change);
  const tells = sure && (isSame ? Math.abs(moved) >= alike / 2 : !always);
  if (tells) return 'tells';
  return always ? 'unclear' : 'moved';
}

/** Whether other operations lost, or won, what this one did; of many calls, so many come and go anyway. */
function isHanded(mine: Calls['mine'], change: number): boolean {
  let gain = 0;
  let most = 0;
  for (const { isIt, before, after, ratio } of mine) {
    if (isIt || Math.sign(after - before * ratio) === Math.sign(change)) continue;
    gain += Math.abs(after - before * ratio);
    most += Math.max(after, before * ratio);
  }
  return gain >= Math.abs(change) / 2 && most <= COMPARABLE * Math.abs(change);
}

function callsTo({ children }: OutcomeSide, callee: string): number {
  return children.get(callee)?.stats.calls ?? 0;
}
