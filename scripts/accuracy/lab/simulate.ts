import type { Body, Call, Headers } from '../../../src/calls/call.ts';
import { byTime } from '../../../src/calls/order.ts';
import { Draws } from './draws.ts';
import { driftFields, renderFields } from './fields.ts';
import { Places } from './places.ts';
import type { ChildCalls, Operation, OwnTime, System } from './system.ts';
import { type Failing, failingOf, Weather } from './weather.ts';

/** How far log odds of optional and null members move between runs: the mix of the data. */
const DATA_DRIFT = 0.2;
/** Deviation (log) of variable fan-outs between runs. */
const FAN_OUT_DRIFT = 0.1;
const SHORTEST_MS = 20_000;
const LONGEST_MS = 900_000;
const NETWORK_MS = 0.15;
const ABSENT: Body = { state: 'absent' };
const NO_HEADERS: Headers = new Map();
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
      requestHeaders: this.#requestHeaders(operation, trace),
      responseHeaders: this.#responseHeaders(operation),
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

  #requestHeaders({ protocol }: Operation, trace: string): Headers {
    if (protocol !== 'http') return NO_HEADERS;
    const headers = new Map([
      ['accept', 'application/json'],
      ['authorization', 'Bearer abc.def.ghi'],
    ]);
    if (this.#system.traced) {
      headers.set('traceparent', `00-${trace}-${this.#draws.hex(16)}-01`);
    }
    return headers;
  }

  #responseHeaders({ protocol, headers: kinds }: Operation): Headers {
    if (protocol !== 'http') return NO_HEADERS;
    const headers = new Map([['content-type', 'application/json']]);
    for (const [name, value, share] of kinds) {
      if (share >= 1 || this.#draws.chance(share)) headers.set(name, value);
    }
    return headers;
  }
}

/** One draw of own time, ms, in still weather. */
export function ownTime({ median, sigma, hits, tail, alpha }: OwnTime, draws: Draws): number {
  let time = draws.logNormal(median, sigma);
  if (draws.chance(hits)) time /= 10;
  if (draws.chance(tail)) time *= draws.pareto(2, alpha);
  return Math.min(time, 60 * median);
}

/** As long (ms) as it takes for the wanted mean number of requests to be open at once. */
function windowOf({ operations, concurrency }: System): number {
  const means = operations.map(() => Number.NaN);
  const meanOf = (index: number): number => {
    if (!Number.isNaN(means[index])) return means[index] as number;
    const { own, children, cached } = operations[index] as Operation;
    let mean = own.median * Math.exp(own.sigma ** 2 / 2) * (1 - 0.9 * own.hits);
    for (const { target, kind, amount } of children) {
      mean += meanOf(target) * (kind === 'miss' ? 1 - cached : amount);
    }
    means[index] = mean;
    return mean;
  };
  const busy = operations.reduce((sum, { requests }, i) => sum + requests * meanOf(i), 0);
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, busy / concurrency));
}

function successOf({ protocol, method }: Operation): string {
  if (protocol === 'postgresql') return '0';
  if (protocol === 'redis') return 'OK';
  return method === 'POST' ? '201' : '200';
}

function requestBody({ protocol, path, request }: Operation, draws: Draws, id: string): Body {
  if (protocol === 'postgresql') {
    return { state: 'whole', text: JSON.stringify({ query: path, params: [id] }) };
  }
  if (request.length === 0) return ABSENT;
  return { state: 'whole', text: renderFields(request, draws, id) };
}

function responseBody(operation: Operation, draws: Draws, id: string, status: string): Body {
  const { protocol, response } = operation;
  if (protocol === 'redis') return ABSENT;
  if (protocol === 'postgresql') {
    const rows = response.length === 0 ? '' : renderFields(response, draws, id);
    return { state: 'whole', text: `{"command":"${operation.method}","rows":[${rows}]}` };
  }
  if (status >= '400') {
    return { state: 'whole', text: `{"error":"failed","status":${status},"request":"${id}"}` };
  }
  return { state: 'whole', text: renderFields(response, draws, id) };
}
