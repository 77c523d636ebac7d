import type { Call } from '../../calls/call.ts';
import { type CallEnding, endingOf } from '../../compare/ending.ts';
import { NO_RESPONSE } from '../../profile/operation-stats.ts';
import { Sketch } from '../../profile/sketch.ts';
import { Counter } from '../../support/counter.ts';
import type { Json } from '../../support/json.ts';

const MAX_STATUSES = 32;
const MAX_CALLERS = 64;

/** What of an operation never changes. */
export interface OperationName {
  /** Plain form: `orders GET /orders/{id}`. */
  readonly operation: string;
  readonly workload: string;
  readonly protocol: string;
  readonly mutation: boolean;
}

/** What was measured of one operation in some time; mergeable in any order. */
export class OperationMeasure {
  readonly name: OperationName;
  calls = 0;
  /** Calls that failed by the server's fault, or were never answered. */
  failures = 0;
  /** Calls that were declined by the caller's fault (4xx). */
  rejections = 0;
  /** Answered calls whose bodies tell of an error that their status doesn't; undefined where nobody looked. */
  told: number | undefined = 0;
  bytes = 0;
  readonly statuses = new Counter(MAX_STATUSES);
  /** Calls by caller, and failed calls by caller. */
  readonly callers = new Counter(MAX_CALLERS);
  readonly failedCallers = new Counter(MAX_CALLERS);
  /** Of the calls that did not fail: ms. */
  readonly latency = new Sketch();

  constructor(name: OperationName) {
    this.name = name;
  }

  observe(call: Call, ending: CallEnding = endingOf(call)): void {
    const status = call.status ?? (call.latency === undefined ? NO_RESPONSE : '');
    const failed = ending === 'failed' || ending === 'unanswered';
    this.calls++;
    this.bytes += (call.requestSize ?? 0) + (call.responseSize ?? 0);
    if (failed) this.failures++;
    if (ending === 'rejected') this.rejections++;
    if (ending === 'told' && this.told !== undefined) this.told++;
    if (status !== '') this.statuses.add(status);
    this.callers.add(call.src.workload.name);
    if (failed) this.failedCallers.add(call.src.workload.name);
    else if (call.latency !== undefined) this.latency.add(call.latency);
  }

  merge(other: OperationMeasure): void {
    this.calls += other.calls;
    this.failures += other.failures;
    this.rejections += other.rejections;
    this.told =
      this.told === undefined || other.told === undefined ? undefined : this.told + other.told;
    this.bytes += other.bytes;
    this.statuses.merge(other.statuses);
    this.callers.merge(other.callers);
    this.failedCallers.merge(other.failedCallers);
    this.latency.merge(other.latency);
  }

  toJSON(): Json {
    const { operation, workload, protocol, mutation } = this.name;
    return {
      name: { operation, workload, protocol, mutation },
      counts: [this.calls, this.failures, this.rejections, this.bytes],
      ...(this.told !== undefined && { told: this.told }),
      statuses: this.statuses.toJSON(),
      callers: this.callers.toJSON(),
      failedCallers: this.failedCallers.toJSON(),
      latency: this.latency.toJSON(),
    };
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): OperationMeasure {
    const raw = (json ?? {}) as { readonly [key: string]: Json };
    const measure = new OperationMeasure(nameFrom(raw.name));
    const counts = raw.counts;
    if (!Array.isArray(counts) || counts.length !== 4 || !counts.every(isCount)) {
      throw new RangeError('not counts of calls');
    }
    [measure.calls, measure.failures, measure.rejections, measure.bytes] = counts as [
      number,
      number,
      number,
      number,
    ];
    // Hours of before bodies were asked don't tell.
    measure.told = raw.told === undefined ? undefined : countFrom(raw.told);
    measure.statuses.merge(Counter.fromJSON(raw.statuses, MAX_STATUSES));
    measure.callers.merge(Counter.fromJSON(raw.callers, MAX_CALLERS));
    measure.failedCallers.merge(Counter.fromJSON(raw.failedCallers, MAX_CALLERS));
    measure.latency.merge(Sketch.fromJSON(raw.latency));
    return measure;
  }
}

function countFrom(json: Json): number {
  if (!isCount(json)) throw new RangeError('not a count of calls');
  return json as number;
}

function isCount(value: Json): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function nameFrom(json: Json | undefined): OperationName {
  const { operation, workload, protocol, mutation } = (json ?? {}) as {
    readonly [key: string]: Json;
  };
  if (
    typeof operation !== 'string' ||
    typeof workload !== 'string' ||
    typeof protocol !== 'string' ||
    typeof mutation !== 'boolean'
  ) {
    throw new RangeError('not the name of an operation');
  }
  return { operation, workload, protocol, mutation };
}
