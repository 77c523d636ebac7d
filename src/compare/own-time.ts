import type { OperationStats } from '../profile/operation-stats.ts';
import { Sketch } from '../profile/sketch.ts';

/** The time (ms) that handled calls spent themselves, not waiting for those they called. */
export function ownTime({ fanout }: OperationStats): Sketch {
  const own = new Sketch();
  for (const [, outcome] of fanout.outcomes) own.merge(outcome.selfTime);
  return own;
}
