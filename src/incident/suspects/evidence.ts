import type { Change } from '../change.ts';
import { deploymentFactors } from '../factors/deployments.ts';
import { UsualLatencies } from '../failures/troubled.ts';
import { alteredAnswers } from '../failures/unusable.ts';
import type { IncidentCase } from '../incident-case.ts';
import { userOperations } from '../user-operations.ts';
import { type Added, addedTimes } from './added-time.ts';
import { type Around, aroundOf } from './around.ts';
import { type Blame, blameOf } from './blame.ts';
import { type Cell, cellsOf } from './cells.ts';
import { type Entry, entriesOf } from './entries.ts';
import { grownFor } from './grown-for.ts';
import { handedOver } from './handed-over.ts';
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
  /** Workloads whose slow calls hold what other calls to them wait for in their callers. */
  readonly holding: ReadonlySet<number>;
}

export function evidenceOf(given: IncidentCase, changes: readonly Change[]): Evidence {
  const good = sideOf(given.good, given.symptom);
  const bad = sideOf(given.bad, given.symptom, troubledTime(given.bad, changes));
  const troubled = troubledCalls(given.good, given.bad);
  const missing = missingCallees(good, bad);
  const usual = new UsualLatencies(given);
  const instead = grownFor(good, bad, troubled, (row) => missing.of(row)?.callee);
  const held = grownFor(good, bad, troubled, handedOver(bad, usual));
  const cells = cellsOf(good, bad, troubled, given);
  const made = timesOfCallsMade(good, bad, missing);
  const more = madeMore(cellsOf(good, bad, troubled, given, made));
  return {
    good,
    bad,
    cells,
    entries: entriesOf(good, bad),
    users: userOperations(given),
    added: addedTimes(
      cells,
      more,
      shiftsOf(cells),
      new Map([...aroundOf(good, bad), ...held, ...instead]),
    ),
    gone: calleesIn(instead),
    holding: calleesIn(held),
    troubled,
    blame: blameOf(good, bad, missing, troubled, alteredAnswers(given), rolledOut(given), usual),
  };
}

function calleesIn(around: ReadonlyMap<number, Around>): Set<number> {
  return new Set([...around.values()].map(({ callee }) => callee));
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
