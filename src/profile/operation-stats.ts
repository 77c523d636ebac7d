import type { Call } from '../calls/call.ts';
import { Counter } from '../support/counter.ts';
import { type Json, sortedEntries } from '../support/json.ts';
import { decodeCall } from './decoded-call.ts';
import { Examples } from './examples.ts';
import { Fanout } from './fanout.ts';
import { texts } from './fanout-json.ts';
import { LatencyProfile } from './latency.ts';
import { MessageProfile } from './message.ts';
import { saidIn } from './said.ts';
import { SameByName } from './same-by-name.ts';
import { callRef } from './schema/call-ref.ts';
import { count, fields, list, text } from './schema/json-read.ts';
import { SlotCounts } from './slot-counts.ts';
import { Slowest } from './slowest.ts';

const MAX_STATUSES = 64;
const MAX_CALLERS = 64;
/** The status of a call whose response was not seen. */
export const NO_RESPONSE = '(no response)';
/** The status of a call whose response was seen, but not its status. */
const UNKNOWN_STATUS = '(unknown)';
const OTHER_STATUS = '(other)';

interface StatusStats {
  count: number;
  readonly slots: SlotCounts;
  readonly examples: Examples;
  readonly response: MessageProfile;
}

/** What was observed of one operation; mergeable. */
export class OperationStats {
  #count = 0;
  readonly callers = new Counter(MAX_CALLERS);
  readonly latency = new LatencyProfile();
  readonly slowest = new Slowest();
  readonly request = new MessageProfile();
  readonly fanout = new Fanout();
  /** Values of answers beside those of their requests, by name. */
  readonly echoed = new SameByName();
  readonly #statuses = new Map<string, StatusStats>();

  get count(): number {
    return this.#count;
  }

  /** By status, in code-unit order. */
  get statuses(): readonly (readonly [status: string, stats: Readonly<StatusStats>])[] {
    return sortedEntries(this.#statuses);
  }

  observe(
    call: Call,
    slot: number,
    decoded = decodeCall(call),
    said = saidIn(call, decoded),
  ): void {
    const { subject } = said;
    this.#count++;
    this.callers.add(call.src.workload.name);
    if (call.latency !== undefined) {
      this.latency.add(slot, subject.hash, call.latency);
      this.slowest.add(call.id, call.latency);
    }
    const ref = callRef(call.id, subject.hash);
    const own = subject.isRequest ? { ...ref, subject: ref.hash } : ref;
    this.request.observe(call, 'request', own, decoded);
    this.echoed.observe(call.id, said.response, said.request);
    const status = this.#status(statusOf(call));
    status.count++;
    status.slots.add(slot);
    status.examples.add(call.id, ref.hash);
    const answer = { ...ref, asked: subject.ids, isAnswer: true } as const;
    status.response.observe(call, 'response', answer, decoded);
  }

  /** Moves to a grid that is `levels` coarser. */
  coarsen(levels: number): void {
    this.latency.coarsen(levels);
    for (const status of this.#statuses.values()) status.slots.coarsen(levels);
  }

  merge(other: OperationStats): void {
    this.#count += other.#count;
    this.callers.merge(other.callers);
    this.latency.merge(other.latency);
    this.slowest.merge(other.slowest);
    this.request.merge(other.request);
    this.fanout.merge(other.fanout);
    this.echoed.merge(other.echoed);
    for (const [name, theirs] of other.#statuses) {
      const ours = this.#status(name);
      ours.count += theirs.count;
      ours.slots.merge(theirs.slots);
      ours.examples.merge(theirs.examples);
      ours.response.merge(theirs.response);
    }
  }

  toJSON(): Json {
    const echoed = this.echoed.toJSON();
    return {
      count: this.#count,
      callers: this.callers.toJSON(),
      latency: this.latency.toJSON(),
      slowest: this.slowest.toJSON(),
      request: this.request.toJSON(),
      statuses: this.statuses.map(([name, s]) => [
        name,
        s.slots.toJSON(),
        [...s.examples.ids],
        s.response.toJSON(),
      ]),
      fanout: this.fanout.toJSON(),
      ...(echoed !== undefined && { echoed }),
    };
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): OperationStats {
    const raw = fields(json);
    const stats = new OperationStats();
    stats.#count = count(raw.count);
    stats.callers.merge(Counter.fromJSON(raw.callers, MAX_CALLERS));
    stats.latency.merge(LatencyProfile.fromJSON(raw.latency));
    stats.slowest.merge(Slowest.fromJSON(raw.slowest));
    stats.request.merge(MessageProfile.fromJSON(raw.request));
    stats.fanout.merge(Fanout.fromJSON(raw.fanout));
    stats.echoed.merge(SameByName.fromJSON(raw.echoed));
    for (const entry of list(raw.statuses, MAX_STATUSES)) {
      const [name, slots, ids, response] = list(entry, 4);
      const status = stats.#status(text(name, Number.POSITIVE_INFINITY));
      const counts = SlotCounts.fromJSON(slots);
      status.count += counts.total;
      status.slots.merge(counts);
      for (const id of texts(ids)) status.examples.add(id);
      status.response.merge(MessageProfile.fromJSON(response));
    }
    return stats;
  }

  #status(name: string): StatusStats {
    let status = this.#statuses.get(name);
    if (!status) {
      if (this.#statuses.has(OTHER_STATUS)) return this.#statuses.get(OTHER_STATUS) as StatusStats;
      status = newStatus();
      this.#statuses.set(name, status);
      if (this.#statuses.size > MAX_STATUSES || name === OTHER_STATUS)
        return this.#absorbStatuses();
    }
    return status;
  }

  #absorbStatuses(): StatusStats {
    const before = [...this.#statuses.values()];
    const other = newStatus();
    this.#statuses.clear();
    this.#statuses.set(OTHER_STATUS, other);
    for (const status of before) {
      other.count += status.count;
      other.slots.merge(status.slots);
      other.examples.merge(status.examples);
      other.response.merge(status.response);
    }
    return other;
  }
}

function newStatus(): StatusStats {
  const [examples, response] = [new Examples(), new MessageProfile()];
  return { count: 0, slots: new SlotCounts(), examples, response };
}

export const operationStats = {
  create: () => new OperationStats(),
  merge: (into: OperationStats, from: OperationStats) => into.merge(from),
};

function statusOf(call: Call): string {
  return call.status ?? (call.latency === undefined ? NO_RESPONSE : UNKNOWN_STATUS);
}
