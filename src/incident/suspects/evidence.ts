import { deploymentFactors } from '../factors/deployments.ts';
import { alteredAnswers } from '../failures/unusable.ts';
import type { IncidentCase } from '../incident-case.ts';
import { userOperations } from '../user-operations.ts';
import { type Added, addedTimes } from './added-time.ts';
import { aroundOf } from './around.ts';
import { type Blame, blameOf } from './blame.ts';
import { type Cell, cellsOf } from './cells.ts';
import { type Entry, entriesOf } from './entries.ts';
import { shiftsOf } from './shifts.ts';
import { type Side, sideOf } from './side.ts';
import { troubledCalls } from './troubled.ts';

/** All that the suspicion rests on. */
export interface Evidence {
  readonly good: Side;
  readonly bad: Side;
  readonly cells: readonly Cell[];
  readonly entries: ReadonlyMap<number, Entry>;
  /** By operation: 1 where users call it. */
  readonly users: Uint8Array;
  readonly added: ReadonlyMap<number, Added>;
  readonly troubled: Float64Array;
  readonly blame: Blame;
}

export function evidenceOf(given: IncidentCase): Evidence {
  const good = sideOf(given.good, given.symptom);
  const bad = sideOf(given.bad, given.symptom);
  const cells = cellsOf(good, bad, given);
  const troubled = troubledCalls(given.good, given.bad);
  return {
    good,
    bad,
    cells,
    entries: entriesOf(good, bad),
    users: userOperations(given),
    added: addedTimes(cells, shiftsOf(cells), aroundOf(good, bad)),
    troubled,
    blame: blameOf(good, bad, troubled, alteredAnswers(given), rolledOut(given)),
  };
}

/** A rollout (ms) so long before a workload's trouble, or right after it, belongs to it. */
const BEFORE_MS = 120_000;
const AFTER_MS = 5_000;

/** Whether a workload was deployed right before a moment: by its pods, or as it was told. */
function rolledOut(given: IncidentCase): (workload: number, since: number) => boolean {
  const { names, events } = given;
  const rollouts = [...deploymentFactors(given), ...events].filter(
    ({ kind }) => kind === 'deployment',
  );
  return (workload, since) =>
    rollouts.some(
      ({ workload: name, at = since }) =>
        name === names.workloads[workload] && at >= since - BEFORE_MS && at <= since + AFTER_MS,
    );
}
