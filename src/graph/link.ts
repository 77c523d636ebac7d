import type { Call } from '../calls/call.ts';
import { type Target, targetOf } from '../calls/target.ts';
import { type Link, linkTargets } from './infer.ts';

export type { Link } from './infer.ts';

/**
 * Links each call with `from ≤ ts < to` (Unix ms) to the handled call that caused it. `calls` are
 * sorted by (ts, id), deduplicated, and reach a margin beyond both ends; the result depends on them
 * alone. Delays and fan-outs are learned from the block itself, in rounds of sampling and learning
 * (stochastic EM) over joint assignments, so that calls compete for causes.
 */
export function linkBlock(
  calls: readonly Call[],
  from: number,
  to: number,
  targets: readonly Target[] = calls.map(targetOf),
): Link[] {
  return linkTargets(calls, targets, from, to);
}
