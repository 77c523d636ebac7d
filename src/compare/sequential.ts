import { Sketch } from '../profile/sketch.ts';
import { asOftenModified } from './not-modified.ts';
import type { OperationPair } from './pairs.ts';
import type { Share } from './schema/share.ts';
import { RankTest } from './stats/sequential.ts';
import { logRiseEvidence, logShareEvidence } from './stats/sequential-share.ts';
import { serverErrors } from './statuses/server-errors.ts';
import { type Thresholds, USUAL_THRESHOLDS } from './thresholds.ts';
import { waitsForData } from './waiting.ts';

/** Chances of a false alarm over all operations and looks, 1 % in all; the last: that a baseline misled. */
const LATENCY_RISK = 0.006;
const ERROR_RISK = 0.002;
const BASELINE_RISK = 0.002;
/** The chance, for one operation, that a change as small as the floors allow is called worse. */
const FLOOR_RISK = 0.05;
/** What harmless runs differ by, and a user's thresholds may only exceed: relative (three deviations of 0.08), and absolute (ms). */
export const ALLOWED_RATIO = 1.27;
const ALLOWED_MS = 5;
/** The same for shares of errors: absolute, and as a ratio. */
const ALLOWED_SHARE = 0.01;
const ALLOWED_SHARE_RATIO = 1.5;
/** Fewer slow or failing calls than this are no finding, whatever the odds. */
const SUPPORT = 5;

/** An operation that is surely worse, though the window still runs. */
export interface Regression {
  readonly pair: OperationPair;
  readonly kind: 'latency' | 'errors';
  /** Natural logarithm of the e-value. */
  readonly evidence: number;
}

/**
 * What the candidate's calls so far prove, however often this is asked as they come in. Two things
 * must be beyond doubt: that there is a difference at all (all looks and operations together are
 * wrong with a chance of 1 %), and that it is larger than what harmless runs differ by.
 */
export function sequentialRegressions(
  pairs: readonly OperationPair[],
  thresholds: Thresholds = USUAL_THRESHOLDS,
): Regression[] {
  const known = pairs.filter(({ base }) => base.count > 0);
  return known.flatMap((pair) => {
    const found: Regression[] = [];
    const latency = latencyEvidence(pair, Math.log(known.length / LATENCY_RISK), thresholds);
    if (latency !== undefined) found.push({ pair, kind: 'latency', evidence: latency });
    const errors = errorEvidence(pair, known.length, thresholds);
    if (errors !== undefined) found.push({ pair, kind: 'errors', evidence: errors });
    return found;
  });
}

/**
 * Evidence that survives the loss of any one slot of time: calls in one moment share its mishaps (a
 * pause, a cold start), so no single moment may decide.
 */
function latencyEvidence(
  pair: OperationPair,
  needed: number,
  thresholds: Thresholds,
): number | undefined {
  const { base, cand } = pair;
  const slots = cand.latency.bySlot();
  if (waitsForData(pair) || slots.length < 2) return undefined;
  const test = new RankTest(asOftenModified(pair, base.latency.total()));
  const all = cand.latency.total();
  let weakest = Number.POSITIVE_INFINITY;
  for (const left of [undefined, ...slots]) {
    const evidence = slowerEvidence(test, without(all, left), needed, thresholds);
    if (evidence === undefined) return undefined;
    weakest = Math.min(weakest, evidence);
  }
  return weakest;
}

/** Evidence for 'slower', where that is beyond doubt and beyond the floors; undefined elsewhere. */
export function slowerEvidence(
  test: RankTest,
  cand: Sketch,
  needed: number,
  thresholds: Thresholds = USUAL_THRESHOLDS,
): number | undefined {
  const { edges } = test;
  const exceeding = (limits: readonly number[]) => limits.map((limit) => cand.countAbove(limit));
  const higher = exceeding(edges);
  if ((higher[0] ?? 0) < SUPPORT) return undefined;
  const evidence = test.logEvidence(higher, cand.count);
  if (evidence < needed) return undefined;
  const ratio = Math.max(ALLOWED_RATIO, thresholds.latencyRatio);
  const increase = Math.max(ALLOWED_MS, thresholds.latencyIncrease);
  const allowed = edges.map((edge) => Math.max(edge * ratio, edge + increase));
  const beyond = test.logEvidence(exceeding(allowed), cand.count);
  return beyond >= -Math.log(FLOOR_RISK) ? evidence : undefined;
}

function without(all: Sketch, left: Sketch | undefined): Sketch {
  if (left === undefined) return all;
  const rest = new Sketch();
  rest.merge(all);
  for (const [value, count] of left.entries()) rest.add(value, -count);
  return rest;
}

function errorEvidence(
  { base, cand, family }: OperationPair,
  operations: number,
  { errorIncrease }: Thresholds,
) {
  const [before, after] = [base, cand].map((side) => ({
    some: serverErrors(side, family.protocol),
    all: side.count,
  })) as [Share, Share];
  return errorRise(before, after, operations, errorIncrease);
}

/** Evidence for 'a larger share fails', where that is beyond doubt and beyond the floors. */
export function errorRise(
  base: Share,
  cand: Share,
  operations: number,
  increase: number = ALLOWED_SHARE,
): number | undefined {
  const share = base.some / base.all;
  if (cand.some < SUPPORT || cand.some / cand.all <= share) return undefined;
  const evidence = logRiseEvidence(base, cand, BASELINE_RISK / operations);
  if (evidence < Math.log(operations / ERROR_RISK)) return undefined;
  const allowed = Math.max(share + Math.max(ALLOWED_SHARE, increase), share * ALLOWED_SHARE_RATIO);
  return logShareEvidence(cand, allowed) >= -Math.log(FLOOR_RISK) ? evidence : undefined;
}
