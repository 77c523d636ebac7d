import { byCodeUnit } from '../../support/json.ts';
import { edgesOn } from '../edges.ts';
import type { Finding } from '../finding.ts';
import type { OperationPair, Pairing } from '../pairs.ts';
import { type CalleeChange, calleesOf } from './callees.ts';
import { type LatencyChange, latencyChange } from './latency-change.ts';
import { type SchemaTree, schemaTrees } from './schema-trees.ts';
import { type StatusChange, statusChanges } from './status-changes.ts';

/** Operations that a judgement holds at most: those with findings, then those called most. */
const MAX_OPERATIONS = 1000;
const MAX_CALLERS = 12;
/** Fields of all schemas together. */
const MAX_FIELDS = 10_000;

interface Sides<T> {
  readonly baseline: T;
  readonly candidate: T;
}

/** One operation on both sides, as far as a reader needs it to follow the findings. Public JSON. */
export interface OperationChange {
  /** Plain form. */
  readonly operation: string;
  readonly protocol: string;
  readonly calls: Sides<number>;
  /** Most frequent first. */
  readonly statuses: readonly StatusChange[];
  /** Absent where no call tells how long it took. */
  readonly latency?: LatencyChange;
  /** Workloads that call it, most frequent first. */
  readonly callers: readonly ({ readonly caller: string } & Sides<number>)[];
  /** What its handled calls call, most frequent first; absent where nothing. */
  readonly callees?: readonly CalleeChange[];
  /** Where findings speak of its messages' fields: these messages, around those fields. */
  readonly schemas?: readonly SchemaTree[];
}

export interface OperationChanges {
  /** Those with findings first, in the order of the findings; then by the number of calls. */
  readonly list: readonly OperationChange[];
  /** Operations that are not listed. */
  readonly leftOut: number;
}

/** The operations of both sides, bounded and rounded. `findings` are worst first. */
export function viewOperations(findings: readonly Finding[], pairing: Pairing): OperationChanges {
  const byOperation = Map.groupBy(findings, ({ operation }) => operation);
  const rank = new Map([...byOperation.keys()].map((operation, i) => [operation, i]));
  const rankOf = ({ operation }: OperationPair) => rank.get(operation) ?? rank.size;
  const calls = ({ base, cand }: OperationPair) => base.count + cand.count;
  const sorted = pairing.pairs.toSorted(
    (a, b) => rankOf(a) - rankOf(b) || calls(b) - calls(a) || byCodeUnit(a.operation, b.operation),
  );
  const callees = calleesOf(edgesOn('base', pairing), edgesOn('cand', pairing));
  const room = { fields: MAX_FIELDS };
  const list = sorted.slice(0, MAX_OPERATIONS).map((pair): OperationChange => {
    const latency = latencyChange(pair.base.latency.total(), pair.cand.latency.total());
    const made = callees.get(pair.operation);
    const schemas = schemaTrees(pair, byOperation.get(pair.operation) ?? [], room);
    return {
      operation: pair.operation,
      protocol: pair.family.protocol,
      calls: { baseline: pair.base.count, candidate: pair.cand.count },
      statuses: statusChanges(pair),
      ...(latency && { latency }),
      callers: callersOf(pair),
      ...(made && { callees: made }),
      ...(schemas.length > 0 && { schemas }),
    };
  });
  return { list, leftOut: sorted.length - list.length };
}

function callersOf({ base, cand }: OperationPair): OperationChange['callers'] {
  const names = new Set([...base.callers.entries(), ...cand.callers.entries()].map(([n]) => n));
  return [...names]
    .map((caller) => ({
      caller,
      baseline: base.callers.get(caller),
      candidate: cand.callers.get(caller),
    }))
    .sort(
      (a, b) =>
        b.baseline + b.candidate - a.baseline - a.candidate || byCodeUnit(a.caller, b.caller),
    )
    .slice(0, MAX_CALLERS);
}
