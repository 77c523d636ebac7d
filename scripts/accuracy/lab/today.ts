import type { Draws } from './draws.ts';
import { driftFields } from './fields.ts';
import type { ChildCalls, Operation, System } from './system.ts';
import { type Failing, failingOf } from './weather.ts';

/** How far log odds of optional and null members move between runs: the mix of the data. */
const DATA_DRIFT = 0.2;
/** Deviation (log) of variable fan-outs between runs. */
const FAN_OUT_DRIFT = 0.1;

/** What this run has of its own for an operation. */
export interface Today {
  readonly operation: Operation;
  readonly drift: number;
  readonly cached: number;
  readonly failing: readonly {
    readonly status: string;
    readonly at: Failing;
    readonly personal: boolean;
  }[];
  readonly children: readonly ChildCalls[];
}

/** How an operation is in one run of `length` ms. */
export function todayOf(
  operation: Operation,
  { operationDrift }: System,
  length: number,
  draws: Draws,
): Today {
  return {
    operation: {
      ...operation,
      request: driftFields(operation.request, draws, DATA_DRIFT),
      response: driftFields(operation.response, draws, DATA_DRIFT),
    },
    drift: Math.exp(operationDrift * draws.normal()),
    cached: draws.drifted(operation.cached, DATA_DRIFT),
    failing: operation.errors.map((errors) => ({
      status: errors.status,
      personal: errors.personal ?? false,
      at: failingOf(errors, length, draws),
    })),
    children: operation.children.map((child) => ({
      ...child,
      amount:
        child.kind === 'variable'
          ? child.amount * Math.exp(FAN_OUT_DRIFT * draws.normal())
          : child.kind === 'share'
            ? draws.drifted(child.amount, DATA_DRIFT)
            : child.amount,
    })),
  };
}
