import type { Change, Measure } from '../change.ts';
import type { Evidence } from './evidence.ts';
import { type Weighed, weigh } from './weigh.ts';

/** A workload with its place among the suspects. */
export interface Ranked extends Weighed {
  /** 0…1; all together at most 1. */
  readonly score: number;
  /** Share (0…1) of all harm. */
  readonly explains: number;
  readonly since?: { readonly at: number; readonly from: number; readonly to: number };
}

/** What a workload that began only after another one keeps of its weight. */
const LATER = 0.5;
/** Share of the weightiest suspect's harm that one must have to be the one that began first. */
const WEIGHTY = 0.2;
/** What a suspicion within the noise is weighed, where there is none beyond it; standard errors that it needs. */
const HARDLY = 0.01;
const HINT = 2;
/** Standard errors of harm in time at which half of a score is left to 'none of them'. */
const HALF_SURE = 4;

/** Suspects by harm beyond doubt; what began later than another that matters counts half. */
export function rankOf(evidence: Evidence, changes: readonly Change[]): Ranked[] {
  const weighed = weigh(evidence);
  const total = weighed.reduce((sum, { harm, sure }) => sum + (sure > 0 ? harm : 0), 0);
  const begun = weighed.map((one) => ({ one, since: sinceOf(one, evidence, changes) }));
  const most = Math.max(0, ...weighed.map(({ sure }) => sure));
  const first = Math.min(
    ...begun.map(({ one, since }) =>
      since && one.sure >= WEIGHTY * most ? since.to : Number.POSITIVE_INFINITY,
    ),
  );
  const placed = begun.map(({ one, since }) => ({
    one,
    since,
    weight:
      (most > 0 ? Math.max(0, one.sure) : hintOf(one)) * (since && since.from > first ? LATER : 1),
  }));
  const all = placed.reduce((sum, { weight }) => sum + weight, 0);
  return placed
    .sort(
      (a, b) => b.weight - a.weight || b.one.sure - a.one.sure || a.one.workload - b.one.workload,
    )
    .map(({ one, since, weight }) => ({
      ...one,
      score: all === 0 ? 0 : (weight / all) * sureness(one),
      explains: total === 0 || one.sure <= 0 ? 0 : Math.min(1, one.harm / total),
      ...(since && { since }),
    }));
}

function hintOf({ slowing, error }: Weighed): number {
  return error > 0 && slowing > HINT * error ? HARDLY * slowing : 0;
}

/** How sure (0…1) it is that a workload does any harm. */
function sureness({ failing, slowing, error }: Weighed): number {
  if (failing > 0) return 1 - 1 / (1 + failing);
  const z = error > 0 ? Math.max(0, slowing / error) : HALF_SURE;
  return z ** 2 / (z ** 2 + HALF_SURE ** 2);
}

/** When it began to do what harms most; where its own calls don't show that, when its callers began to fail. */
function sinceOf(
  { workload, failing, slowing }: Weighed,
  { blame, added }: Evidence,
  changes: readonly Change[],
) {
  const failed = failing >= slowing;
  const own = earliestSure(changes, new Set([workload]), failed ? FAILING : SLOWING);
  if (own) return own;
  if (!failed) {
    const beside = added.get(workload)?.called.map(({ callee }) => callee);
    return earliestSure(changes, new Set(beside), SLOWING);
  }
  return earliestSure(changes, blame.workloads.get(workload)?.callers ?? new Set(), FAILING);
}

const FAILING: ReadonlySet<Measure> = new Set([
  'errors',
  'unanswered',
  'rejections',
  'connections',
]);
const SLOWING: ReadonlySet<Measure> = new Set(['own-time', 'latency']);

function earliestSure(
  changes: readonly Change[],
  workloads: ReadonlySet<number>,
  measures: ReadonlySet<Measure>,
) {
  const found = changes
    .filter(({ place, measure }) => workloads.has(place.workload) && measures.has(measure))
    .sort((a, b) => b.sure - a.sure || a.at - b.at)[0];
  return found && { at: found.at, from: found.from, to: found.to };
}
