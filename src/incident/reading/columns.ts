import type { Call } from '../../calls/call.ts';
import { type Target, targetOf } from '../../calls/target.ts';
import { type CallEnding, endingOf } from '../../compare/ending.ts';
import { hash32 } from '../../support/hash.ts';
import { Ending, type Way, wayBetween, wayKey } from '../traffic.ts';
import { Table } from './table.ts';

/** Sums of what is longer, which no call is, would be infinite. */
const LONGEST_MS = 1e12;
const FIRST_ROOM = 4_096;

/** What bodies tell may be usual, as rejections are: both are trouble where they become more frequent. */
const ENDINGS: Readonly<Record<CallEnding, Ending>> = {
  fine: Ending.fine,
  told: Ending.rejected,
  rejected: Ending.rejected,
  failed: Ending.failed,
  unanswered: Ending.unanswered,
};

/** Text that is kept once, whatever the number of calls. */
const MAX_TARGETS = 100_000;
const MAX_NAMES = 20_000;

/** Calls as columns that grow; a row is a call, rows in the order in which they were added. */
export class Columns {
  #size = 0;
  ts = new Float64Array(FIRST_ROOM);
  latency = new Float64Array(FIRST_ROOM);
  requestSize = new Float64Array(FIRST_ROOM);
  responseSize = new Float64Array(FIRST_ROOM);
  target = new Int32Array(FIRST_ROOM);
  caller = new Int32Array(FIRST_ROOM);
  pod = new Int32Array(FIRST_ROOM);
  way = new Int32Array(FIRST_ROOM);
  status = new Int32Array(FIRST_ROOM);
  connection = new Int32Array(FIRST_ROOM);
  ending = new Uint8Array(FIRST_ROOM);
  readonly ids: string[] = [];
  readonly targets = new Table<Target>(MAX_TARGETS);
  readonly workloads = new Table<Call['dst']['workload']>(MAX_NAMES);
  readonly pods = new Table<string>(MAX_NAMES);
  readonly ways = new Table<Way>(MAX_NAMES);
  readonly statuses = new Table<string>(MAX_NAMES);

  get size(): number {
    return this.#size;
  }

  push(call: Call): void {
    if (this.#size === this.ts.length) this.#grow();
    const row = this.#size++;
    const target = targetOf(call);
    const { src, dst, status, latency } = call;
    const pod = dst.pod ?? dst.ip;
    this.ts[row] = call.ts;
    this.latency[row] = latency === undefined ? Number.NaN : Math.min(latency, LONGEST_MS);
    this.requestSize[row] = call.requestSize ?? Number.NaN;
    this.responseSize[row] = call.responseSize ?? Number.NaN;
    this.target[row] = this.targets.indexOf(keyOf(target), target);
    this.caller[row] = this.workloads.indexOf(src.workload.name, src.workload);
    this.workloads.indexOf(dst.workload.name, dst.workload);
    this.pod[row] = pod === undefined ? -1 : this.pods.indexOf(pod, pod);
    this.way[row] = this.#wayOf(src.node, dst.node);
    this.status[row] = status === undefined ? -1 : this.statuses.indexOf(status, status);
    this.connection[row] = call.connection === undefined ? 0 : hash32(call.connection) | 1;
    this.ending[row] = ENDINGS[endingOf(call, target.protocol)];
    this.ids.push(call.id);
  }

  #wayOf(one: string | undefined, other: string | undefined): number {
    if (one === undefined || other === undefined || one === other) return -1;
    const way = wayBetween(one, other);
    return this.ways.indexOf(wayKey(way), way);
  }

  #grow(): void {
    const room = this.#size * 2;
    const grown = <T extends Float64Array | Int32Array | Uint8Array>(old: T, next: T): T => {
      next.set(old);
      return next;
    };
    this.ts = grown(this.ts, new Float64Array(room));
    this.latency = grown(this.latency, new Float64Array(room));
    this.requestSize = grown(this.requestSize, new Float64Array(room));
    this.responseSize = grown(this.responseSize, new Float64Array(room));
    this.target = grown(this.target, new Int32Array(room));
    this.caller = grown(this.caller, new Int32Array(room));
    this.pod = grown(this.pod, new Int32Array(room));
    this.way = grown(this.way, new Int32Array(room));
    this.status = grown(this.status, new Int32Array(room));
    this.connection = grown(this.connection, new Int32Array(room));
    this.ending = grown(this.ending, new Uint8Array(room));
  }
}

/** Unlike for what unlike calls ask for: the lengths tell where each name ends. */
function keyOf({ workload, protocol, method, separator, mutation, segments }: Target): string {
  const lengths = `${workload.length} ${protocol.length} ${method.length}`;
  const names = workload + protocol + method;
  return `${lengths} ${separator}${mutation} ${names}${segments.join('\n')}`;
}
