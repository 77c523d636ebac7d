import { USUAL_THRESHOLDS } from '../../compare/thresholds.ts';
import type { Evidence } from './evidence.ts';

/** A failing call is as much to those who wait as one that takes so many times longer. */
const FAILED = 10;
/**
 * Share by which times move between two windows though nothing changed, which one window of known-good
 * traffic can't teach.
 */
const DRIFT = 0.1;
/** Standard errors that are taken off before suspects are compared. */
const DOUBT = 3;
/** Calls of an operation on each side from which on it says how much is felt there. */
const FEW = 3;
/** Share of all that is waited for, below which an operation says nothing of how much is felt. */
const RARE = 0.01;

/** Share of its latency from which on users feel an operation: it is told before what workers in the background wait for. */
const FELT = USUAL_THRESHOLDS.latencyRatio - 1;

/** What a workload is weighed by. Harm is counted in calls that took twice as long: one that took four times as long counts two. */
export interface Weighed {
  readonly workload: number;
  readonly harm: number;
  /** Harm beyond doubt: what is left of it when its noise is taken off. */
  readonly sure: number;
  /** Of the harm: in failing calls, and in time. */
  readonly failing: number;
  readonly slowing: number;
  /** Standard error of the harm in time. */
  readonly error: number;
  /** The operation waited for that it harms most: by which share of its latency, and by how many ms. */
  readonly felt: { readonly operation: number; readonly share: number; readonly ms: number };
}

/** Weighs all workloads, the weightiest first. */
export function weigh(evidence: Evidence): Weighed[] {
  const { added, blame } = evidence;
  const workloads = new Set([...added.keys(), ...blame.workloads.keys()]);
  return [...workloads]
    .map((workload) => weighOne(workload, evidence))
    .sort((a, b) => b.sure - a.sure || b.harm - a.harm || a.workload - b.workload);
}

/** Of an operation that takes so much longer, as a share of what it took. */
function doublings(share: number): number {
  return share > 0 ? Math.log2(1 + share) : share;
}

function weighOne(workload: number, { added, blame, entries, users }: Evidence): Weighed {
  let slowing = 0;
  let linear = 0;
  let variance = 0;
  let felt = { operation: -1, share: 0, ms: 0, harm: 0, byUsers: false };
  let usual = 0;
  const time = added.get(workload);
  const all = [...entries.values()].reduce((sum, { after }) => sum + after, 0);
  for (const [operation, { ms, error, base }] of time?.at ?? []) {
    const entry = entries.get(operation);
    if (!entry || !(entry.was > 0)) continue;
    linear += ms / entry.was;
    slowing += entry.after * doublings(ms / entry.was / entry.after);
    variance += (error / entry.was) ** 2;
    usual += base / entry.was;
    const share = ms / entry.was / entry.after;
    const counts = entry.after >= FEW && entry.before >= FEW && entry.after >= RARE * all;
    const here = entry.after * doublings(share);
    const byUsers = users[operation] === 1 && share >= FELT;
    if (!counts || here <= 0 || (felt.byUsers && !byUsers)) continue;
    if (here > felt.harm || (byUsers && !felt.byUsers)) {
      felt = { operation, share, ms: ms / entry.after, harm: here, byUsers };
    }
  }
  const scale = linear > 0 && slowing > 0 ? slowing / linear : 1;
  const error = scale * Math.hypot(Math.sqrt(variance), DRIFT * usual);
  const failing = FAILED * (blame.workloads.get(workload)?.failed ?? 0);
  return {
    workload,
    harm: failing + slowing,
    sure: failing + Math.max(failing > 0 ? 0 : -Infinity, slowing - DOUBT * error),
    failing,
    slowing,
    error,
    felt,
  };
}
