import type { Change } from '../change.ts';
import { deploymentFactors } from '../factors/deployments.ts';
import { UsualLatencies } from '../failures/troubled.ts';
import { alteredAnswers } from '../failures/unusable.ts';
import type { IncidentCase } from '../incident-case.ts';
import { userOperations } from '../user-operations.ts';
import { type Added, addedTimes } from './added-time.ts';
import { aroundOf } from './around.ts';
import { type Blame, blameOf } from './blame.ts';
import { type Cell, cellsOf } from './cells.ts';
import { type Entry, entriesOf } from './entries.ts';
import { insteadOf } from './instead-of.ts';
import { madeMore, timesOfCallsMade } from './made-more.ts';
import { missingCallees } from './missing-callees.ts';
import { shiftsOf } from './shifts.ts';
import { type Side, sideOf } from './side.ts';
import { troubledCalls } from './troubled.ts';
import { troubledTime } from './troubled-time.ts';

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
  /** Workloads that nobody calls any more, and in whose place time goes by in their callers. */
  readonly gone: ReadonlySet<number>;
}

export function evidenceOf(given: IncidentCase, changes: readonly Change[]): Evidence {
  const good = sideOf(given.good, given.symptom);
  const bad = sideOf(given.bad, given.symptom, troubledTime(given.bad, changes));
  const troubled = troubledCalls(given.good, given.bad);
  const missing = missingCallees(good, bad);
  const instead = insteadOf(good, bad, missing, troubled);
  const cells = cellsOf(good, bad, troubled, given);
  const made = timesOfCallsMade(good, bad, missing);
  const more = madeMore(cellsOf(good, bad, troubled, given, made));
  return {
    good,
    bad,
    cells,
    entries: entriesOf(good, bad),
    users: userOperations(given),
    added: addedTimes(cells, more, shiftsOf(cells), new Map([...aroundOf(good, bad), ...instead])),
    gone: new Set([...instead.values()].map(({ callee }) => callee)),
    troubled,
    blame: blameOf(
      good,
      bad,
      missing,
      troubled,
      alteredAnswers(given),
      rolledOut(given),
      new UsualLatencies(given),
    ),
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
