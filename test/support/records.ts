import { Cluster } from './cluster.ts';
import { integer, random } from './random.ts';
import { OPERATIONS, type Regression, type Step } from './shop.ts';

export interface RecordOptions {
  /** Another seed is another run of the same scenario. */
  readonly seed?: number;
  /** Requests of clients; each causes two to six calls. */
  readonly requests?: number;
  /** How many of the shop's four operations clients use. */
  readonly operations?: number;
  /** Unix ms. */
  readonly start?: number;
  /** Mean time between two requests, ms; less than about 40 makes them overlap. */
  readonly every?: number;
  /** Another rollout has other pods, addresses, ports and ids, and behaves alike. */
  readonly rollout?: number;
  /** Share of the calls that both the client's and the server's node see. */
  readonly seenTwice?: number;
  readonly regressions?: readonly Regression[];
}

/** A Kubeshark `full` record. */
export interface FullRecord {
  readonly id: string;
  readonly ts: number;
  readonly [field: string]: unknown;
}

/**
 * What Kubeshark would have recorded of a small shop (gateway, orders, inventory, payment, audit,
 * users, PostgreSQL, Redis): calls nested in time, whole milliseconds, sorted by time.
 */
export function generateRecords(options: RecordOptions = {}): FullRecord[] {
  const { seed = 1, requests = 100, operations = OPERATIONS.length, every = 50 } = options;
  const regressions = new Set(options.regressions);
  const cluster = new Cluster(options.rollout ?? 0, options.seenTwice ?? 0);
  const records: FullRecord[] = [];
  let at = options.start ?? 1_700_000_000_000;
  for (let i = 0; i < requests; i++) {
    const next = random(seed, 'request', i);
    at += every * (0.5 + next());
    const operation = OPERATIONS[integer(next, 0, operations - 1)];
    const step = operation?.(next, regressions);
    if (step) make(step, undefined, at);
  }
  return records.sort((a, b) => a.ts - b.ts || (a.id < b.id ? -1 : 1));

  /** Makes the call and those that it causes; gives its end. */
  function make(step: Step, from: string | undefined, start: number): number {
    let end = start + step.self / 2;
    for (const child of step.children) end = make(child, step.to, end + 0.3) + 0.3;
    end += step.self / 2;
    records.push(...cluster.record(step, from, start, end));
    return end;
  }
}

/** The same as the text of an NDJSON file; 64-bit ids as numbers, as the Hub writes them. */
export function generateNdjson(options: RecordOptions = {}): string {
  return generateRecords(options)
    .map((record) => JSON.stringify(record).replace(/("(?:conn|flow)_id":)"(\d+)"/g, '$1$2'))
    .map((line) => `${line}\n`)
    .join('');
}
