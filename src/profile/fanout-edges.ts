import type { Call } from '../calls/call.ts';
import type { Target } from '../calls/target.ts';
import { sortedEntries } from '../support/json.ts';
import { Encryption } from './encryption.ts';
import { Examples } from './examples.ts';
import { type Json, texts, wholeNumber } from './fanout-json.ts';
import { TargetMap } from './fanout-targets.ts';

const MAX_CALLERS = 512;
const OTHERS = '{others}';

/** Calls of one workload to one target that no handled call is known to have caused. */
export interface EdgeStats {
  calls: number;
  outside: number;
  readonly encryption: Encryption;
  readonly examples: Examples;
}

/** How such calls are counted, and counted together. */
export const edgeStats = {
  create: (): EdgeStats => ({
    calls: 0,
    outside: 0,
    encryption: new Encryption(),
    examples: new Examples(),
  }),
  merge: (into: EdgeStats, from: EdgeStats) => {
    into.calls += from.calls;
    into.outside += from.outside;
    into.encryption.merge(from.encryption);
    into.examples.merge(from.examples);
  },
};

/** Background calls: what each workload calls without a known cause, mergeable and bounded. */
export class EdgeTotals {
  readonly #callers = new Map<string, TargetMap<EdgeStats>>();

  /** By caller, in code-unit order. */
  get callers(): readonly (readonly [caller: string, targets: TargetMap<EdgeStats>])[] {
    return sortedEntries(this.#callers);
  }

  observe(call: Call, target: Target): void {
    const stats = this.#caller(call.src.workload.name).at(target, target.segments);
    stats.calls++;
    if (call.dst.workload.kind === 'outside') stats.outside++;
    stats.encryption.observe(call);
    stats.examples.add(call.id);
  }

  merge(other: EdgeTotals): void {
    for (const [caller, targets] of other.#callers) this.#caller(caller).merge(targets);
  }

  toJSON(): Json {
    return this.callers.map(([caller, targets]) => [caller, targets.toJSON(writeEdge)]);
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): EdgeTotals {
    const edges = new EdgeTotals();
    if (!Array.isArray(json)) throw new RangeError('not edges');
    for (const entry of json) {
      if (!Array.isArray(entry) || typeof entry[0] !== 'string') throw new RangeError('not edges');
      edges.#caller(entry[0]).merge(TargetMap.fromJSON(entry[1], edgeStats, readEdge));
    }
    return edges;
  }

  #caller(name: string): TargetMap<EdgeStats> {
    const key = this.#callers.has(OTHERS) ? OTHERS : name;
    let found = this.#callers.get(key);
    if (!found) {
      found = new TargetMap(edgeStats);
      this.#callers.set(key, found);
      if (this.#callers.size > MAX_CALLERS || key === OTHERS) return this.#absorb();
    }
    return found;
  }

  #absorb(): TargetMap<EdgeStats> {
    const others = new TargetMap(edgeStats);
    for (const targets of this.#callers.values()) others.merge(targets);
    this.#callers.clear();
    this.#callers.set(OTHERS, others);
    return others;
  }
}

function writeEdge({ calls, outside, encryption, examples }: EdgeStats): Json {
  const encrypted = encryption.toJSON();
  return [calls, outside, [...examples.ids], ...(encrypted === undefined ? [] : [encrypted])];
}

function readEdge(json: Json): EdgeStats {
  if (!Array.isArray(json)) throw new RangeError('not an edge');
  const [calls, outside, ids, encrypted] = json as readonly Json[];
  return {
    calls: wholeNumber(calls),
    outside: wholeNumber(outside),
    encryption: Encryption.fromJSON(encrypted),
    examples: new Examples(3, texts(ids)),
  };
}
