import { INTERVAL_LEVEL } from './family-result.ts';
import type { Share } from './schema/share.ts';
import { newcombeInterval } from './stats/exact.ts';

/** What a finding tells of a share that moved: by how much, and of how many. */
export function shareShift(base: Share, cand: Share) {
  const [low, high] = newcombeInterval(cand, base, INTERVAL_LEVEL);
  return {
    effect: cand.some / cand.all - base.some / base.all,
    interval: { low, high, level: INTERVAL_LEVEL },
    samples: { baseline: base.all, candidate: cand.all },
  };
}
