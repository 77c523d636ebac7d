import { isServiceProtocol } from '../../calls/protocol-kind.ts';
import type { Failure, Shape } from '../failure.ts';
import type { IncidentCase } from '../incident-case.ts';
import { Trouble } from '../trouble.ts';
import { saysExhausted } from './exhausted.ts';
import type { Followed } from './followed.ts';
import { givenUpAfter } from './given-up.ts';
import { piledAt } from './piled.ts';
import { isQueueing } from './queueing.ts';
import { othersReach, unmadeCallee } from './unreachable.ts';
import { unusableCallee } from './unusable.ts';
import type { UsualCallee } from './usual-callees.ts';
import { waitedOf } from './waiting.ts';

/** Troubled calls of one operation: those whose trouble came from callees, those without, and all. */
export interface Trace {
  readonly operation: number;
  readonly troubled: readonly number[];
  readonly carried: readonly number[];
  readonly alone: readonly number[];
  /** What known-good calls of it nearly always call. */
  readonly usual: readonly UsualCallee[];
}

/** What of a `Failure` its shape says, and how many of how many calls speak for it. */
export interface Shaped {
  readonly shape: Shape;
  readonly decisive: number;
  readonly of: number;
  readonly facts: Pick<Failure, 'unusable' | 'gaveUpAfter'>;
  /** A callee that the failing calls don't get to. */
  readonly unreachable?: { readonly operation: number; readonly rows: readonly number[] };
}

export interface Surveyed {
  readonly given: IncidentCase;
  readonly bad: Followed;
  /** Operations whose responses have another form. */
  readonly altered: ReadonlySet<number>;
  readonly inFlight: Int32Array;
  /** Calls in flight when one of the operation began, usually. */
  readonly usualInFlight: (operation: number) => number;
}

/** Calls that a store refused for want of connections: one may happen. */
const LEAST_EXHAUSTED = 3;
const REACHED = 0.3;

/** The shape of an operation's trouble. */
export function shapeOf(trace: Trace, surveyed: Surveyed): Shaped {
  const { troubled, carried, alone } = trace;
  const { bad } = surveyed;
  const { traffic, troubles, made } = bad;
  const exhausted = troubled.filter(
    (row) =>
      saysExhausted(traffic.status(row)) ||
      made.rows(row).some((child) => saysExhausted(traffic.status(child))),
  );
  if (exhausted.length >= LEAST_EXHAUSTED)
    return shaped('pool-exhausted', exhausted.length, exhausted.length);
  const gaveUpAfter = givenUpAfter(bad, troubled);
  const gaveUp = gaveUpAfter === undefined ? {} : { gaveUpAfter };
  if (carried.length > 0 && carried.length >= alone.length)
    return shaped('carrier', carried.length, carried.length + alone.length, gaveUp);
  if (gaveUpAfter !== undefined) return shaped('timeout', troubled.length, troubled.length, gaveUp);
  const silent = troubled.filter((row) => troubles[row] === Trouble.unanswered).length;
  if (silent > troubled.length / 2) {
    // What made calls of its own was reached: its callers didn't wait for the answer.
    const worked = troubled.filter((row) => made.rows(row).length > 0).length;
    const shape = worked >= troubled.length * REACHED ? 'timeout' : 'refused';
    return shaped(shape, silent, troubled.length);
  }
  return aloneShape(trace, surveyed);
}

function aloneShape(trace: Trace, surveyed: Surveyed): Shaped {
  const { alone, carried, usual, troubled, operation } = trace;
  const { given, bad, altered, inFlight, usualInFlight } = surveyed;
  const { troubles, traffic, made } = bad;
  const failed = alone.filter((row) => (troubles[row] as number) >= Trouble.failed);
  const of = alone.length + carried.length;
  const unusable = unusableCallee(failed, given, made, altered);
  if (unusable) return shaped('origin', unusable.calls, of, { unusable });
  const waits = usual.length > 0 ? waitedOf(bad, alone) : undefined;
  const piled = piledAt(failed.map((row) => traffic.latency[row] as number));
  const gaveUp = piled === undefined || !waits ? {} : { gaveUpAfter: piled };
  const unmade = unmadeCallee(failed, usual, given, made);
  const self = given.names.operations[operation]?.workload ?? -1;
  if (unmade) {
    const since = traffic.ts[unmade.rows[0] as number] as number;
    const { callee } = unmade;
    const others = othersReach(given, callee.workload, self, since);
    const isStore = !isServiceProtocol(given.names.operations[callee.operation]?.protocol ?? '');
    if (waits && isStore && (others || !unmade.outOfReach))
      return shaped('pool-exhausted', waits.calls, of, gaveUp);
    if (unmade.outOfReach && !others) {
      const unreachable = { operation: callee.operation, rows: unmade.rows };
      return { ...shaped('carrier', unmade.rows.length, of, gaveUp), unreachable };
    }
  }
  if (waits?.vary) return shaped('waiting', waits.calls, of, gaveUp);
  if (isQueueing(troubled, inFlight, traffic, usualInFlight(operation)))
    return shaped('queueing', troubled.length, troubled.length);
  return shaped('origin', alone.length, of);
}

/** A shape without a callee that can't be reached: where it turned out that it isn't that. */
export function withoutUnreachable({ decisive, of, facts }: Shaped): Shaped {
  return shaped('origin', decisive, of, facts);
}

function shaped(shape: Shape, decisive: number, of: number, facts: Shaped['facts'] = {}): Shaped {
  return { shape, decisive, of, facts };
}
