import type { Situation } from '../../detector.ts';
import { HOUR_MS } from '../../slot.ts';
import type { Operation, Outlook } from './outlook.ts';

/** So long after a rollout began, pods of before may still have served. */
const REPLACED_MS = HOUR_MS / 2;
/** Slots without a call that steady traffic may have had right before. */
const PAUSE = 2;
/** Of its usual calls, those that a workload that goes on has at least, over so many slots. */
const ALIVE = 0.4;
const CELLS = 6;
const FORGET_MS = 6 * HOUR_MS;

/**
 * Begin (Unix ms) of the rollout of its workload with which the calls of an operation ended, where the
 * workload goes on; undefined where there is none, or a call came since.
 */
export function rolloutBehind(
  { workload, operation }: Operation,
  { view, normal, rollouts }: Situation<unknown>,
  outlook: Outlook,
): number | undefined {
  const last = normal.operation(operation)?.last;
  if (last === undefined || view.operations.has(operation)) return undefined;
  const all = outlook.seen({ kind: 'workload', workload }, CELLS);
  if (all === undefined || all.calls < ALIVE * all.expected) return undefined;
  const pause = PAUSE * (view.slot.end - view.slot.start + 1);
  return rollouts(workload).findLast(
    (began) => last >= began - pause && last <= began + REPLACED_MS,
  );
}

/** Whether an operation has had no call for so long that it is not missed. */
export function isForgotten({ operation }: Operation, situation: Situation<unknown>): boolean {
  const last = situation.normal.operation(operation)?.last;
  return last !== undefined && last < situation.view.slot.start - FORGET_MS;
}
