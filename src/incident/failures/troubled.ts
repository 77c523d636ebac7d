import { median, quantile } from '../../support/numbers.ts';
import type { IncidentCase } from '../incident-case.ts';
import { Ending, STILL_OPEN_MS, type Traffic } from '../traffic.ts';
import { Trouble } from '../trouble.ts';
import { saysExhausted } from './exhausted.ts';

/** With fewer known-good calls of an edge its operation says what is slow, and of an operation nothing does. */
const LEAST_GOOD = 40;
const SLOWEST = 0.01;

/** What is usual of an operation and caller: the median of the latencies, and what all but 1 % stay below (ms). */
export interface Usual {
  readonly median: number;
  readonly most: number;
}

export class UsualLatencies {
  readonly #edges = new Map<number, Usual>();
  readonly #operations = new Map<number, Usual>();
  readonly #workloads: number;

  constructor({ good, names }: IncidentCase) {
    this.#workloads = names.workloads.length;
    const edges = new Map<number, number[]>();
    const operations = new Map<number, number[]>();
    for (let row = 0; row < good.size; row++) {
      const latency = good.latency[row] as number;
      if (Number.isNaN(latency) || good.ending[row] === Ending.failed) continue;
      add(edges, this.#edgeOf(good, row), latency);
      add(operations, good.operation[row] as number, latency);
    }
    for (const [edge, values] of edges) learn(this.#edges, edge, values);
    for (const [operation, values] of operations) learn(this.#operations, operation, values);
  }

  /** Of the call's edge, else its operation; undefined where too little is known of both. */
  of(traffic: Traffic, row: number): Usual | undefined {
    return (
      this.#edges.get(this.#edgeOf(traffic, row)) ??
      this.#operations.get(traffic.operation[row] as number)
    );
  }

  #edgeOf({ operation, caller }: Traffic, row: number): number {
    return (operation[row] as number) * this.#workloads + (caller[row] as number);
  }
}

/** `Trouble` of each call: failed, unanswered, or slower than all but 1 % of known-good ones. */
export function troublesOf(traffic: Traffic, usual: UsualLatencies): Uint8Array {
  const troubles = new Uint8Array(traffic.size);
  for (let row = 0; row < traffic.size; row++) troubles[row] = troubleOf(traffic, row, usual);
  return troubles;
}

function troubleOf(traffic: Traffic, row: number, usual: UsualLatencies): Trouble {
  const { ending, latency, ts, end } = traffic;
  if (ending[row] === Ending.failed || saysExhausted(traffic.status(row))) return Trouble.failed;
  if (ending[row] === Ending.unanswered)
    return (ts[row] as number) > end - STILL_OPEN_MS ? Trouble.none : Trouble.unanswered;
  const most = usual.of(traffic, row)?.most;
  return most !== undefined && (latency[row] as number) > most ? Trouble.slow : Trouble.none;
}

function add(to: Map<number, number[]>, key: number, value: number): void {
  const values = to.get(key);
  if (values) values.push(value);
  else to.set(key, [value]);
}

function learn(into: Map<number, Usual>, key: number, values: readonly number[]): void {
  if (values.length < LEAST_GOOD) return;
  into.set(key, { median: median(values), most: quantile(values, 1 - SLOWEST) });
}
