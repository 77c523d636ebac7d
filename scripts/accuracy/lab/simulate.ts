import type { Call } from '../../../src/calls/call.ts';
import { byTime } from '../../../src/calls/order.ts';
import { Draws } from './draws.ts';
import { driftFields } from './fields.ts';
import {
  requestBody,
  requestHeaders,
  responseBody,
  responseHeaders,
  successOf,
} from './messages.ts';
import { ownTime } from './own-time.ts';
import { Places } from './places.ts';
import type { ChildCalls, Operation, System } from './system.ts';
import { type Failing, failingOf, Weather } from './weather.ts';
import { windowOf } from './window.ts';

/** How far log odds of optional and null members move between runs: the mix of the data. */
const DATA_DRIFT = 0.2;
/** Deviation (log) of variable fan-outs between runs. */
const FAN_OUT_DRIFT = 0.1;
const NETWORK_MS = 0.15;
const MOST_VARIABLE = 5;

/** The calls of one run, in time order, and the operation (index) of each. */
export interface Run {
  readonly calls: readonly Call[];
  readonly operations: readonly number[];
}

interface Made {
  readonly call: Call;
  readonly operation: number;
}

/** What this run has of its own for an operation. */
interface Today {
  readonly operation: Operation;
  readonly drift: number;
  readonly cached: number;
  readonly failing: readonly { readonly status: string; readonly at: Failing }[];
  readonly children: readonly ChildCalls[];
}

/**
 * Simulates one capture of a system. All that differs between two runs of a system (arrivals,
 * latencies, drift, data, pods, ids) comes from `seed`.
 */
export function simulate(system: System, seed: string): Run {
  return new Simulation(system, new Draws('run', seed)).run();
}

class Simulation {
  readonly #system: System;
  readonly #draws: Draws;
  readonly #places: Places;
  readonly #weather: Weather;
  readonly #today: readonly Today[];
  readonly #start: number;
  readonly #made: Made[] = [];

  constructor(system: System, draws: Draws) {
    this.#system = system;
    this.#draws = draws;
    this.#places = new Places(draws);
    const length = windowOf(system);
    this.#weather = new Weather(system, length, draws);
    this.#start = 1_760_000_000_000 + draws.below(1_000_000_000);
    this.#today = system.operations.map((operation) => ({
      operation: {
        ...operation,
        request: driftFields(operation.request, draws, DATA_DRIFT),
        response: driftFields(operation.response, draws, DATA_DRIFT),
      },
      drift: Math.exp(system.operationDrift * draws.normal()),
      cached: draws.drifted(operation.cached, DATA_DRIFT),
      failing: operation.errors.map((errors) => ({
        status: errors.status,
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
    }));
  }

  run(): Run {
    for (const [index, { requests }] of this.#system.operations.entries()) {
      const count = this.#system.exact ? requests : this.#draws.poisson(requests);
      for (let i = 0; i < count; i++) {
        const time = this.#weather.arrival(this.#draws);
        this.#handle(index, 'client', time, this.#draws.uuid(), this.#draws.hex(32));
      }
    }
    const sorted = this.#made.sort((a, b) => byTime(a.call, b.call));
    return {
      calls: sorted.map(({ call }) => call),
      operations: sorted.map(({ operation }) => operation),
    };
  }

  /** Handles one call at `start` (ms from the start of the window); returns when it ended, and its status. */
  #handle(
    index: number,
    caller: string,
    start: number,
    id: string,
    trace: string,
  ): { readonly end: number; readonly status: string } {
    const draws = this.#draws;
    const today = this.#today[index] as Today;
    const { operation, drift } = today;
    const own = ownTime(operation.own, draws);
    const mine = own * drift * this.#weather.factor(start);
    const failed = today.failing.find(({ at }) => at(start, draws))?.status;
    const targets = failed?.startsWith('4') ? [] : this.#targets(today);
    const pause = mine / (targets.length + 1);
    let cursor = start + pause;
    let last = cursor;
    let status = failed ?? successOf(operation);
    for (const target of targets) {
      const callee = this.#system.operations[target] as Operation;
      const answer = this.#handle(target, operation.workload, cursor + NETWORK_MS, id, trace);
      last = Math.max(last, answer.end + NETWORK_MS);
      cursor = operation.parallel ? cursor + 0.2 : last + pause;
      if (operation.propagates && callee.protocol === 'http' && answer.status.startsWith('5')) {
        status = '502';
        break;
      }
    }
    let end = operation.parallel ? last + pause * targets.length : Math.max(cursor, last);
    const { slowdown } = operation;
    if (slowdown && own > slowdown.above) end += (slowdown.factor - 1) * (end - start);
    this.#tell(index, caller, start, end, status, id, trace);
    return { end, status };
  }

  #targets({ children, cached }: Today): number[] {
    const draws = this.#draws;
    const hit = draws.chance(cached);
    return children.flatMap(({ target, kind, amount }) => {
      const times =
        kind === 'fixed'
          ? amount
          : kind === 'variable'
            ? Math.min(MOST_VARIABLE, draws.poisson(amount))
            : kind === 'miss'
              ? Number(!hit)
              : Number(draws.chance(amount));
      return new Array<number>(times).fill(target);
    });
  }

  #tell(
    index: number,
    caller: string,
    start: number,
    end: number,
    status: string,
    id: string,
    trace: string,
  ): void {
    const { operation } = this.#today[index] as Today;
    const draws = this.#draws;
    const { src, dst, connection } = this.#places.hop(caller, operation.workload);
    const call: Call = {
      id: draws.hex(10),
      ts: Math.floor(this.#start + start),
      latency: Math.round((end - start) * 1000) / 1000,
      src,
      dst,
      protocol: operation.protocol,
      method: operation.method,
      path: operation.path.replace('{id}', id),
      status,
      requestHeaders: requestHeaders(operation, draws, this.#system.traced ? trace : undefined),
      responseHeaders: responseHeaders(operation, draws),
      requestBody: requestBody(operation, draws, id),
      responseBody: responseBody(operation, draws, id, status),
      requestSize: undefined,
      responseSize: undefined,
      connection,
      flow: undefined,
      node: 'node-1',
    };
    this.#made.push({ call, operation: index });
  }
}
