import type { Call } from '../calls/call.ts';
import { type Target, targetOf } from '../calls/target.ts';
import { blockOf } from './block.ts';
import { type Causes, inferCauses } from './infer.ts';
import { withoutLoops } from './loops.ts';
import { doubtOutliers } from './outliers.ts';
import { toldLinks } from './told-causes.ts';

/** What caused a call; both are indices into the calls given. */
export interface Link {
  readonly child: number;
  /** Null: a client from outside, background work, or a cause that was not seen. */
  readonly parent: number | null;
  /** Probability (0…1) that this is so. */
  readonly confidence: number;
  /** Where several causes are possible: each and how much of the call (0…1) it is given on average. */
  readonly shares?: readonly (readonly [parent: number, share: number])[];
}

/** Shares below this tell nothing. */
const LEAST_SHARE = 0.01;

/**
 * Sample shares are too sure: what they rest on was learned from the same links. Shares to this power,
 * normalised, are right about as often as they say (docs/accuracy.md).
 */
const DOUBT = 0.8;

/** What was learned may be wrong where no sample says so: only what was told is sure. */
const MOST_SURE = 0.999;

/**
 * Links each call with `from ≤ ts < to` (Unix ms) to the handled call that caused it. `calls` are
 * sorted by (ts, id), deduplicated, and reach a margin beyond both ends; the result depends on them
 * alone. What the source knows itself (`Call.cause`) is not inferred. Headers decide where they tell;
 * else delays, fan-outs and the rest are learned from the block itself and calls compete for causes
 * (`inferCauses`).
 */
export function linkBlock(
  calls: readonly Call[],
  from: number,
  to: number,
  targets: readonly Target[] = calls.map(targetOf),
  mostChains?: number,
): Link[] {
  const told = toldLinks(calls);
  const isAsked = ({ child }: Link) => {
    const { ts } = calls[child] as Call;
    return ts >= from && ts < to;
  };
  const known = told.filter((link) => link !== undefined);
  if (known.length === calls.length) return withoutLoops(known).filter(isAsked);
  const block = blockOf(calls, targets);
  if (block.causes.every((list) => list < 0) && known.length === 0)
    return uncaused(calls, from, to);
  const causes = inferCauses(calls, block, mostChains);
  const all = calls.map((_, child) => told[child] ?? linkOf(child, causes));
  return doubtOutliers(withoutLoops(all), causes.block)
    .map((link) => ({ ...link, ...(told[link.child] && { confidence: 1 }) }))
    .filter(isAsked);
}

/** Where no caller handles anything, nothing has a cause. */
function uncaused(calls: readonly Call[], from: number, to: number): Link[] {
  const links: Link[] = [];
  for (const [child, { ts }] of calls.entries()) {
    if (ts >= from && ts < to) links.push({ child, parent: null, confidence: 1 });
  }
  return links;
}

function linkOf(child: number, { candidates, tally }: Causes): Link {
  const { offset, parents, considered } = candidates;
  const from = offset[child] as number;
  const n = (offset[child + 1] as number) - from;
  if (n === 0) return { child, parent: null, confidence: 1 };
  const base = from + child;
  let best = n;
  let total = 0;
  let all = 0;
  for (let i = 0; i <= n; i++) {
    const samples = tally[base + i] as number;
    all += samples;
    total += samples ** DOUBT;
    if (samples > (tally[base + best] as number)) best = i;
  }
  const seen = total === 0 ? 0 : (tally[base + best] as number) ** DOUBT / total;
  const confidence = Math.min(seen, MOST_SURE) * (considered[child] as number);
  const link = { child, parent: best === n ? null : (parents[from + best] as number), confidence };
  if ((tally[base + best] as number) > (1 - LEAST_SHARE) * all) return link;
  const shares: [number, number][] = [];
  for (let i = 0; i < n; i++) {
    const share = (tally[base + i] as number) / all;
    if (share >= LEAST_SHARE) shares.push([parents[from + i] as number, share]);
  }
  return { ...link, shares };
}
