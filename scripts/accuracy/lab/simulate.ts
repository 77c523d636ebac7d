import type { Call } from '../../../src/calls/call.ts';
import { byTime } from '../../../src/calls/order.ts';
import { goOnByItself, NETWORK_MS } from './by-itself.ts';
import { Draws } from './draws.ts';
import { followingFrom } from './fields.ts';
import {
  requestBody,
  requestHeaders,
  responseBody,
  responseHeaders,
  successOf,
} from './messages.ts';
import { ownTime } from './own-time.ts';
import { type Hop, type Place, Places } from './places.ts';
import type { ChildCalls, Operation, Stream, System } from './system.ts';
import { type Today, todayOf } from './today.ts';
import { Weather } from './weather.ts';
import { windowOf } from './window.ts';

const MOST_VARIABLE = 5;
/** From one request about an id to the next, on average. */
const AGAIN_MS = 3000;
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
    this.#today = system.operations.map((operation) => todayOf(operation, system, length, draws));
  }

  run(): Run {
    for (const [index, { requests }] of this.#system.operations.entries()) {
      const count = this.#system.exact ? requests : this.#draws.poisson(requests);
      for (let i = 0; i < count; ) {
        const id = this.#draws.uuid();
        let time = this.#weather.arrival(this.#draws);
        do {
          this.#handle(index, CLIENT, time, this.#draws.hex(32), undefined, id);
          time = (time + AGAIN_MS * this.#draws.exponential()) % this.#length;
          i++;
        } while (i < count && this.#draws.chance(1 - 1 / this.#system.repeats));
      }
    }
    goOnByItself(this.#system, {
      draws: this.#draws,
      places: this.#places,
      length: this.#length,
      handle: (...call) => this.#handle(...call),
      tell: (...call) => this.#tell(...call),
      drawn: (children) => this.#drawn(children, true),
      left: (stream) => (this.#events.get(stream) ?? []).sort((one, other) => one - other),
    });
    const sorted = this.#made.sort((a, b) => byTime(a.call, b.call));
    return {
      calls: sorted.map(({ call }) => call),
      operations: sorted.map(({ operation }) => operation),
    };
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
    const failed = today.failing.find(({ status, at, personal }) =>
      at(start, personal ? followingFrom(id, status) : draws),
    )?.status;
    const targets = failed?.startsWith('4') ? [] : this.#targets(today, id);
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

  #targets({ children, cached }: Today, id: string): number[] {
    return this.#drawn(children, this.#draws.chance(cached), id);
  }

  #drawn(children: readonly ChildCalls[], hit: boolean, id?: string): number[] {
    return children.flatMap(({ target, kind, amount, personal }) => {
      const follows = personal && id !== undefined;
      const draws = follows ? followingFrom(id, `calls ${target}`) : this.#draws;
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
