import type { Failure, Shape } from '../failure.ts';
import type { IncidentCase } from '../incident-case.ts';
import { saysExhausted } from './exhausted.ts';
import type { Followed } from './followed.ts';
import { givenUpAfter } from './given-up.ts';
import { piledAt } from './piled.ts';
import { isQueueing } from './queueing.ts';
import { Trouble } from './troubled.ts';
import { othersReach, unmadeCallee } from './unreachable.ts';
import { unusableCallee } from './unusable.ts';
import type { UsualCallee } from './usual-callees.ts';
import { waited } from './waiting.ts';

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

const MOSTLY = 0.6;
/** Protocols by which services ask each other; the others lead to stores, through pools. */
const SERVICES = new Set(['http', 'grpc', 'graphql', 'websocket']);

/** The shape of an operation's trouble. */
export function shapeOf(trace: Trace, surveyed: Surveyed): Shaped {
  const { troubled, carried, alone } = trace;
  const { bad } = surveyed;
  const { traffic, troubles } = bad;
  const exhausted = troubled.filter((row) => saysExhausted(traffic.status(row))).length;
  if (exhausted > 0) return shaped('pool-exhausted', exhausted, exhausted);
  const silent = troubled.filter((row) => troubles[row] === Trouble.unanswered).length;
  const gaveUpAfter = givenUpAfter(bad, troubled);
  if (gaveUpAfter !== undefined)
    return shaped('timeout', troubled.length, troubled.length, { gaveUpAfter });
  if (silent > troubled.length / 2) return shaped('refused', silent, troubled.length);
  if (carried.length > 0 && carried.length >= alone.length)
    return shaped('carrier', carried.length, carried.length + alone.length);
  return aloneShape(trace, surveyed);
}

function aloneShape(trace: Trace, surveyed: Surveyed): Shaped {
  const { alone, carried, usual, troubled, operation } = trace;
  const { given, bad, altered, inFlight, usualInFlight } = surveyed;
  const { troubles, traffic, made } = bad;
  const failed = alone.filter((row) => troubles[row] !== Trouble.slow);
  const of = alone.length + carried.length;
  const unusable = unusableCallee(failed, given, made, altered);
  if (unusable) return shaped('origin', unusable.calls, of, { unusable });
  const idle = waited(bad, alone);
  const waits = usual.length > 0 && idle >= MOSTLY * alone.length && idle > 0;
  const piled = piledAt(failed.map((row) => traffic.latency[row] as number));
  const gaveUp = piled === undefined || !waits ? {} : { gaveUpAfter: piled };
  const unmade = unmadeCallee(failed, usual, given, made);
  const isStore = (callee: number) => !SERVICES.has(given.names.operations[callee]?.protocol ?? '');
  if (unmade && waits && isStore(unmade.callee)) {
    const self = given.names.operations[operation]?.workload ?? -1;
    const since = traffic.ts[unmade.rows[0] as number] as number;
    if (!unmade.outOfReach || othersReach(given, unmade.callee, self, since))
      return shaped('pool-exhausted', idle, of, gaveUp);
  }
  if (unmade?.outOfReach) {
    const unreachable = { operation: unmade.callee, rows: unmade.rows };
    return { ...shaped('carrier', unmade.rows.length, of, gaveUp), unreachable };
  }
  if (waits) return shaped('waiting', idle, of, gaveUp);
  if (isQueueing(troubled, inFlight, traffic, usualInFlight(operation)))
    return shaped('queueing', troubled.length, troubled.length);
  return shaped('origin', alone.length, of);
}

function shaped(shape: Shape, decisive: number, of: number, facts: Shaped['facts'] = {}): Shaped {
  return { shape, decisive, of, facts };
}
