import { fisherExactGreater } from '../../compare/stats/exact.ts';
import { benjaminiHochberg } from '../../compare/stats/multiple.ts';
import { byCodeUnit } from '../../support/json.ts';
import { withBorrowed } from '../borrowed.ts';
import type { Failure } from '../failure.ts';
import type { IncidentCase } from '../incident-case.ts';
import { type RowsBy, rowsBy } from '../rows-by.ts';
import { isLinked, type Traffic } from '../traffic.ts';
import { Trouble } from '../trouble.ts';
import { type Followed, troubledCallees } from './followed.ts';
import { plausible } from './plausible.ts';
import { inFlightOf } from './queueing.ts';
import { attemptsOf, retriesOf } from './retries.ts';
import { type Shaped, type Surveyed, shapeOf, type Trace } from './shape-of.ts';
import { troublesOf, UsualLatencies } from './troubled.ts';
import { alteredAnswers } from './unusable.ts';
import { usualCallees } from './usual-callees.ts';

/** Share of the operations named that may be well (Benjamini-Hochberg over all operations). */
const FALSE_ALARMS = 0.01;
/** Rise of the share of failed calls, and of troubled ones, from which on an operation is named. */
const LEAST_FAILED = 0.01;
const LEAST_TROUBLED = 0.1;
const MOST_ROWS = 10;

interface Counted {
  readonly operation: number;
  readonly rows: Int32Array;
  readonly troubled: readonly number[];
  readonly chance: number;
  readonly worth: boolean;
}

/**
 * The operations that are in trouble in the incident, and not in known-good traffic: each with how it
 * looks and whom its troubled calls called in turn. Most troubled calls first. What is linked is
 * followed, and only that.
 */
export function failuresOf(given: IncidentCase): readonly Failure[] {
  const usual = new UsualLatencies(given);
  const [good, bad] = [followed(given.good, usual), followed(given.bad, usual)];
  const many = given.names.operations.length;
  const goodRows = rowsBy(given.good.operation, many);
  const badRows = rowsBy(given.bad.operation, many);
  const counted = Array.from({ length: many }, (_, operation) =>
    countedOf(operation, goodRows.rows(operation), badRows.rows(operation), good, bad),
  );
  const adjusted = benjaminiHochberg(counted.map(({ chance }) => chance));
  const usually = usualCallees(given.good, good.made);
  const surveyed: Surveyed = {
    given,
    bad,
    altered: alteredAnswers(given),
    inFlight: inFlightOf(given.bad),
    usualInFlight: meansBy(inFlightOf(given.good), goodRows),
  };
  const traced = counted.flatMap(({ operation, rows, troubled, worth }): Traced[] => {
    const chance = adjusted[operation] as number;
    if (!worth || chance > FALSE_ALARMS) return [];
    const trace = traceOf(operation, troubled, bad, usually.get(operation) ?? []);
    return [{ trace, shaped: shapeOf(trace, surveyed), rows, chance }];
  });
  return told(plausible(traced, bad, given), given, bad);
}

function followed(traffic: Traffic, usual: UsualLatencies): Followed {
  return {
    traffic,
    troubles: troublesOf(traffic, usual),
    made: rowsBy(traffic.parent, traffic.size),
    usual,
  };
}

/** An operation in trouble: whom its calls called, how that looks, all its rows, and the chance of it. */
interface Traced {
  readonly trace: Trace;
  readonly shaped: Shaped;
  readonly rows: Int32Array;
  readonly chance: number;
}

/** The failures of these, and of what they no longer reach. */
function told(traced: readonly Traced[], { good, bad: all }: IncidentCase, bad: Followed) {
  const [before, after] = [attemptsOf(good), attemptsOf(all)];
  const failures = new Map<number, Failure>();
  for (const { trace, shaped, rows, chance } of traced) {
    const { operation, troubled, carried, alone } = trace;
    const retries = retriesOf(before.get(operation), after.get(operation));
    failures.set(operation, {
      operation,
      shape: shaped.shape,
      sure: (1 - chance) * sureOf(shaped),
      troubled: troubled.length,
      calls: rows.length,
      withTroubledCallee: carried.length,
      alone: alone.length,
      through: throughOf(trace, bad, shaped.unreachable),
      statuses: statusesOf(troubled, bad),
      ...(retries && { retries }),
      ...shaped.facts,
      rows: some(shaped.shape === 'carrier' && !shaped.unreachable ? carried : troubled),
    });
  }
  for (const { trace, shaped, rows } of traced) {
    if (!shaped.unreachable) continue;
    const { operation, rows: unmade } = shaped.unreachable;
    addUnreachable(failures, operation, unmade, rows.length, statusesOf(trace.troubled, bad));
  }
  return [...failures.values()].sort(
    (a, b) => b.troubled - a.troubled || a.operation - b.operation,
  );
}

function countedOf(
  operation: number,
  goodRows: Int32Array,
  rows: Int32Array,
  good: Followed,
  bad: Followed,
): Counted {
  const troubled = [...rows].filter((row) => bad.troubles[row] !== Trouble.none);
  const before = goodRows.reduce((n, row) => n + (good.troubles[row] === Trouble.none ? 0 : 1), 0);
  const failed = (rows: Iterable<number>, { troubles }: Followed) => {
    let n = 0;
    for (const row of rows) if ((troubles[row] as number) >= Trouble.failed) n++;
    return n;
  };
  const share = (n: number, of: number) => (of === 0 ? 0 : n / of);
  const risen = share(troubled.length, rows.length) - share(before, goodRows.length);
  const failedNow = failed(troubled, bad);
  const failedBefore = failed(goodRows, good);
  const failedMore = share(failedNow, rows.length) - share(failedBefore, goodRows.length);
  // What is new was well, as others are.
  const chanceOf = (now: number, then: number) => {
    const { count, calls } = withBorrowed({ count: then, calls: goodRows.length }, 0);
    return fisherExactGreater({ some: now, all: rows.length }, { some: count, all: calls });
  };
  const worth = risen >= LEAST_TROUBLED || failedMore >= LEAST_FAILED;
  const chance = !worth
    ? 1
    : Math.min(chanceOf(troubled.length, before), chanceOf(failedNow, failedBefore)) * 2;
  return { operation, rows, troubled, chance: Math.min(1, chance), worth };
}

function traceOf(
  operation: number,
  troubled: readonly number[],
  bad: Followed,
  usual: Trace['usual'],
): Trace {
  const known = troubled.filter((row) => isLinked(bad.traffic, row));
  const carried = known.filter((row) => troubledCallees(bad, row).length > 0);
  const through = new Set(carried);
  return { operation, troubled, carried, alone: known.filter((row) => !through.has(row)), usual };
}

function throughOf(
  { carried }: Trace,
  bad: Followed,
  unreachable: Shaped['unreachable'],
): Failure['through'] {
  const calls = new Map<number, number>();
  for (const row of carried) {
    const callees = troubledCallees(bad, row).map(
      (child) => bad.traffic.operation[child] as number,
    );
    for (const callee of new Set(callees)) calls.set(callee, (calls.get(callee) ?? 0) + 1);
  }
  if (unreachable) {
    const { operation, rows } = unreachable;
    calls.set(operation, (calls.get(operation) ?? 0) + rows.length);
  }
  return [...calls]
    .map(([operation, count]) => ({ operation, calls: count }))
    .sort((a, b) => b.calls - a.calls || a.operation - b.operation);
}

function statusesOf(rows: readonly number[], { traffic, troubles }: Followed): Failure['statuses'] {
  const calls = new Map<string, number>();
  for (const row of rows) {
    const status = traffic.status(row);
    if (troubles[row] !== Trouble.failed || status === undefined) continue;
    calls.set(status, (calls.get(status) ?? 0) + 1);
  }
  return [...calls]
    .map(([status, count]) => ({ status, calls: count }))
    .sort((a, b) => b.calls - a.calls || byCodeUnit(a.status, b.status));
}

/** A callee that isn't called any more by calls that fail for it, told as its own failure. */
function addUnreachable(
  failures: Map<number, Failure>,
  operation: number,
  rows: readonly number[],
  calls: number,
  statuses: Failure['statuses'],
): void {
  const known = failures.get(operation);
  const unmade = (known?.unmade ?? 0) + rows.length;
  failures.set(operation, {
    operation,
    shape: 'refused',
    sure: (rows.length + 1) / (rows.length + 2),
    troubled: (known?.troubled ?? 0) + rows.length,
    calls: (known?.calls ?? 0) + calls,
    withTroubledCallee: known?.withTroubledCallee ?? 0,
    alone: (known?.alone ?? 0) + rows.length,
    through: known?.through ?? [],
    statuses: known?.statuses ?? statuses,
    unmade,
    rows: some([...(known?.rows ?? []), ...rows].sort((a, b) => a - b)),
  });
}

function sureOf({ decisive, of }: Shaped): number {
  return (decisive + 1) / (of + 2);
}

/** The first, and others evenly spread. */
function some(rows: readonly number[]): readonly number[] {
  const step = Math.max(1, rows.length / MOST_ROWS);
  const taken: number[] = [];
  for (let i = 0; i < rows.length && taken.length < MOST_ROWS; i += step)
    taken.push(rows[Math.floor(i)] as number);
  return taken;
}

function meansBy(values: Int32Array, groups: RowsBy): (group: number) => number {
  return (group) => {
    const rows = groups.rows(group);
    return rows.reduce((sum, row) => sum + (values[row] as number), 0) / Math.max(1, rows.length);
  };
}
