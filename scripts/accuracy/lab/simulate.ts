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
import { type Hop, KUBELET, type Place, Places } from './places.ts';
import type { ChildCalls, Operation, Stream, System, Timer } from './system.ts';
import { type Failing, failingOf, Weather } from './weather.ts';
import { windowOf } from './window.ts';

/** How far log odds of optional and null members move between runs: the mix of the data. */
const DATA_DRIFT = 0.2;
/** Deviation (log) of variable fan-outs between runs. */
const FAN_OUT_DRIFT = 0.1;
const NETWORK_MS = 0.15;
const MOST_VARIABLE = 5;
/** A fetch from the queue waits so long for an event; what comes is there a little later. */
const FETCH_MS = 500;
const CLIENT: Place = { workload: 'client', pod: 0 };

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
  /** When the events of each stream were left. */
  readonly #events: ReadonlyMap<Stream, number[]>;
  readonly #length: number;

  constructor(system: System, draws: Draws) {
    this.#system = system;
    this.#draws = draws;
    this.#places = new Places(draws);
    const length = windowOf(system);
    this.#length = length;
    this.#events = new Map(system.streams.map((stream) => [stream, []]));
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
        this.#handle(index, CLIENT, time, this.#draws.hex(32));
      }
    }
    for (const timer of this.#system.timers) this.#tick(timer);
    for (const stream of this.#system.streams) {
      this.#consume(stream, stream.relay ? this.#relay(stream, stream.relay) : this.#left(stream));
    }
    const sorted = this.#made.sort((a, b) => byTime(a.call, b.call));
    return {
      calls: sorted.map(({ call }) => call),
      operations: sorted.map(({ operation }) => operation),
    };
  }

  #tick({ caller, target, every, jitter }: Timer): void {
    const { workload } = this.#system.operations[target] as Operation;
    const isProbe = caller === KUBELET;
    const pods = isProbe ? this.#places.count(workload) : 1;
    for (let pod = 0; pod < pods; pod++) {
      let time = this.#draws.uniform(0, every);
      while (time < this.#length) {
        const from = { workload: caller, pod: 0 };
        const trace = isProbe ? undefined : this.#draws.hex(32);
        const { end } = this.#handle(target, from, time, trace, isProbe ? pod : undefined);
        time = Math.max(end, time + every * (1 + jitter * this.#draws.normal()));
      }
    }
  }

  #left(stream: Stream): number[] {
    return (this.#events.get(stream) ?? []).sort((a, b) => a - b);
  }

  /** Looks for events in their table and produces them; returns when they were there. */
  #relay(stream: Stream, { workload, every, poll, mark }: NonNullable<Stream['relay']>): number[] {
    const left = this.#left(stream);
    const from = { workload, pod: 0 };
    const produced: number[] = [];
    let next = 0;
    let time = this.#draws.uniform(0, every);
    while (time < this.#length) {
      const trace = this.#draws.hex(32);
      let { end } = this.#handle(poll, from, time, trace);
      for (; (left[next] ?? Number.POSITIVE_INFINITY) < time; next++) {
        end = this.#handle(stream.produce, from, end + NETWORK_MS, trace).end;
        produced.push(end);
        end = this.#handle(mark, from, end + NETWORK_MS, trace).end;
      }
      time = Math.max(end, time + every);
    }
    return produced;
  }

  /** Fetches as long as the window lasts, and works off what came, one event after the other. */
  #consume({ consumer, fetch, work }: Stream, produced: readonly number[]): void {
    const from = { workload: consumer, pod: 0 };
    const { workload } = this.#system.operations[fetch] as Operation;
    let next = 0;
    let time = this.#draws.uniform(0, FETCH_MS);
    while (time < this.#length) {
      const comes = Math.max(time, produced[next] ?? Number.POSITIVE_INFINITY);
      const end = Math.min(comes, time + FETCH_MS) + this.#draws.uniform(0.5, 2);
      const hop = this.#places.hop(from, workload);
      this.#tell(fetch, hop, time, end, '0', this.#draws.uuid(), undefined);
      time = end;
      for (; (produced[next] ?? Number.POSITIVE_INFINITY) < end; next++) {
        const trace = this.#draws.hex(32);
        for (const target of this.#drawn(work, true)) {
          time = this.#handle(target, from, time + NETWORK_MS, trace).end;
        }
      }
    }
  }

  /**
   * Handles one call at `start` (ms from the start of the window), where told by one pod of its
   * workload; returns when it ended, and its status.
   */
  #handle(
    index: number,
    caller: Place,
    start: number,
    trace: string | undefined,
    pod?: number,
    id = this.#draws.uuid(),
  ): { readonly end: number; readonly status: string } {
    const draws = this.#draws;
    const today = this.#today[index] as Today;
    const { operation, drift } = today;
    const hop = this.#places.hop(caller, operation.workload, pod);
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
      const answer = this.#handle(target, hop.at, cursor + NETWORK_MS, trace, undefined, id);
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
    this.#tell(index, hop, start, end, status, id, trace);
    for (const [{ left }, times] of this.#events) if (left === index) times.push(end);
    return { end, status };
  }

  #targets({ children, cached }: Today): number[] {
    return this.#drawn(children, this.#draws.chance(cached));
  }

  #drawn(children: readonly ChildCalls[], hit: boolean): number[] {
    const draws = this.#draws;
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
    { src, dst, connection }: Hop,
    start: number,
    end: number,
    status: string,
    id: string,
    trace: string | undefined,
  ): void {
    const { operation } = this.#today[index] as Today;
    const draws = this.#draws;
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
