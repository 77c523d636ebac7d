import type { Call } from '../calls/call.ts';
import { isRecord } from '../support/json.ts';
import { Encryption } from './encryption.ts';
import { Examples } from './examples.ts';
import type { ChildCall } from './fanout-child.ts';
import { type Json, texts, wholeNumber } from './fanout-json.ts';
import { Retries } from './fanout-retries.ts';
import { PassedOn } from './passed-on.ts';
import type { Said } from './said.ts';

/** Counts a handled call from here on are one. */
export const MAX_COUNT = 32;
const EXAMPLES_PER_COUNT = 2;
/** Headers of which any is a credential. */
export const AUTHORIZATION: readonly string[] = [
  'authorization',
  'x-api-key',
  'x-auth-token',
  'cookie',
];

interface CountStats {
  handled: number;
  /** Ids of handled calls. */
  readonly examples: Examples;
}

/**
 * What handled calls did to one target. All of it adds up, so that it survives targets becoming one:
 * counts a handled call are of the target as it was named, `calls` is the total in any case.
 */
export class ChildStats {
  #calls = 0;
  #sureThousandths = 0;
  #expectedThousandths = 0;
  #outside = 0;
  #withHeaders = 0;
  #authorized = 0;
  readonly retries = new Retries();
  readonly passed = new PassedOn();
  readonly encryption = new Encryption();
  /** Ids of child calls. */
  readonly examples = new Examples();
  readonly #unauthorized = new Examples();
  readonly #counts = new Map<number, CountStats>();

  get calls(): number {
    return this.#calls;
  }

  /** Sum of the links' confidences. */
  get sure(): number {
    return this.#sureThousandths / 1000;
  }

  /** How many calls it is on average over all that may be linked here: nearer the truth than `calls`. */
  get expected(): number {
    return this.#expectedThousandths / 1000;
  }

  /** Calls to a host outside the cluster. */
  get outside(): number {
    return this.#outside;
  }

  /** Calls whose request headers were seen, and how many of them carried a credential. */
  get authorization(): { seen: number; present: number; without: readonly string[] } {
    return {
      seen: this.#withHeaders,
      present: this.#authorized,
      without: this.#unauthorized.ids,
    };
  }

  /** Handled calls with 1, 2, … such calls (MAX_COUNT: that many or more), ascending. */
  get counts(): readonly (readonly [count: number, stats: Readonly<CountStats>])[] {
    return [...this.#counts].sort((a, b) => a[0] - b[0]);
  }

  /** `calls`: what `parent`, which said `said`, caused to this target, in order of start. */
  observe(parent: Call, calls: readonly ChildCall[], said: Said): void {
    const count = this.#count(Math.min(calls.length, MAX_COUNT));
    count.handled++;
    count.examples.add(parent.id);
    this.#calls += calls.length;
    for (const child of calls) {
      const { call, confidence } = child;
      this.encryption.observe(call);
      this.#sureThousandths += Math.round(confidence * 1000);
      if (call.dst.workload.kind === 'outside') this.#outside++;
      this.examples.add(call.id);
      if (call.requestHeaders.size === 0) continue;
      this.#withHeaders++;
      if (AUTHORIZATION.some((name) => call.requestHeaders.has(name))) this.#authorized++;
      else this.#unauthorized.add(call.id);
    }
    this.retries.observe(calls);
    this.passed.observe(said, calls);
  }

  /** Counts a part (0…1) of a call to this target. */
  expect(share: number): void {
    this.#expectedThousandths += Math.round(share * 1000);
  }

  merge(other: ChildStats): void {
    this.#calls += other.#calls;
    this.#sureThousandths += other.#sureThousandths;
    this.#expectedThousandths += other.#expectedThousandths;
    this.#outside += other.#outside;
    this.#withHeaders += other.#withHeaders;
    this.#authorized += other.#authorized;
    this.retries.merge(other.retries);
    this.passed.merge(other.passed);
    this.encryption.merge(other.encryption);
    this.examples.merge(other.examples);
    this.#unauthorized.merge(other.#unauthorized);
    for (const [k, theirs] of other.#counts) {
      const ours = this.#count(k);
      ours.handled += theirs.handled;
      ours.examples.merge(theirs.examples);
    }
  }

  toJSON(): Json {
    const passed = this.passed.toJSON();
    const encryption = this.encryption.toJSON();
    return {
      calls: this.#calls,
      sure: this.#sureThousandths,
      expected: this.#expectedThousandths,
      outside: this.#outside,
      headers: [this.#withHeaders, this.#authorized, [...this.#unauthorized.ids]],
      retries: this.retries.toJSON(),
      ...passed,
      ...(encryption !== undefined && { encryption }),
      examples: [...this.examples.ids],
      counts: this.counts.map(([k, stats]) => [k, stats.handled, [...stats.examples.ids]]),
    };
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): ChildStats {
    const stats = new ChildStats();
    if (!isRecord(json) || !Array.isArray(json.counts) || !Array.isArray(json.headers)) {
      throw new RangeError('not child calls');
    }
    stats.#calls = wholeNumber(json.calls);
    stats.#sureThousandths = wholeNumber(json.sure);
    stats.#expectedThousandths = wholeNumber(json.expected);
    stats.#outside = wholeNumber(json.outside);
    const [seen, present, without] = json.headers;
    stats.#withHeaders = wholeNumber(seen);
    stats.#authorized = wholeNumber(present);
    for (const id of texts(without)) stats.#unauthorized.add(id);
    stats.retries.merge(Retries.fromJSON(json.retries));
    stats.passed.merge(PassedOn.fromJSON(json));
    stats.encryption.merge(Encryption.fromJSON(json.encryption));
    for (const id of texts(json.examples)) stats.examples.add(id);
    for (const entry of json.counts) {
      if (!Array.isArray(entry)) throw new RangeError('not child calls');
      const k = wholeNumber(entry[0]);
      if (k < 1 || k > MAX_COUNT) throw new RangeError('not child calls');
      const count = stats.#count(k);
      count.handled += wholeNumber(entry[1]);
      for (const id of texts(entry[2])) count.examples.add(id);
    }
    return stats;
  }

  #count(k: number): CountStats {
    let count = this.#counts.get(k);
    if (!count) {
      count = { handled: 0, examples: new Examples(EXAMPLES_PER_COUNT) };
      this.#counts.set(k, count);
    }
    return count;
  }
}

export const childStats = {
  create: () => new ChildStats(),
  merge: (into: ChildStats, from: ChildStats) => into.merge(from),
};
