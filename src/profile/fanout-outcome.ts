import type { Call } from '../calls/call.ts';
import { Counter } from '../support/counter.ts';
import { isRecord } from '../support/json.ts';
import { type ChildCall, childKey, type PossibleChild } from './fanout-child.ts';
import { ChildStats, childStats } from './fanout-child-stats.ts';
import { type Json, wholeNumber } from './fanout-json.ts';
import { readLines, writeLines } from './fanout-lines.ts';
import { multisetOf } from './fanout-multiset.ts';
import { Multisets } from './fanout-multisets.ts';
import { precedences } from './fanout-order.ts';
import { selfTime } from './fanout-self-time.ts';
import { TargetMap } from './fanout-targets.ts';
import type { Said } from './said.ts';
import { Sketch } from './sketch.ts';

const MAX_RELATIONS = 512;
const NO_CHILDREN = multisetOf(new Map());

/** What handled calls of one operation that ended alike (one class of status) caused. */
export class OutcomeFanout {
  #handled = 0;
  readonly #targets = new TargetMap(childStats);
  readonly multisets = new Multisets();
  /** Handled calls by order of two targets (`readRelation`). */
  readonly relations = new Counter(MAX_RELATIONS);
  /** Own time, ms. */
  readonly selfTime = new Sketch();

  get handled(): number {
    return this.#handled;
  }

  get targets(): TargetMap<ChildStats> {
    return this.#targets;
  }

  observe(
    parent: Call,
    children: readonly ChildCall[],
    possible: readonly PossibleChild[],
    said: Said,
  ): void {
    this.#handled++;
    const own = selfTime(parent, children);
    if (own !== undefined) this.selfTime.add(own);
    if (children.length === 0 && possible.length === 0) {
      this.multisets.add(NO_CHILDREN, said.subject.hash);
      return;
    }
    const byTarget = groupByTarget(children);
    for (const calls of byTarget.values()) {
      const { target } = calls[0] as ChildCall;
      this.#targets.at(target, target.segments).observe(parent, calls, said);
    }
    for (const { target, share } of possible) {
      this.#targets.at(target, target.segments).expect(share);
    }
    this.multisets.add(multisetOf(byTarget), said.subject.hash);
    for (const line of precedences(byTarget)) this.relations.add(line);
  }

  merge(other: OutcomeFanout): void {
    this.#handled += other.#handled;
    this.#targets.merge(other.#targets);
    this.multisets.merge(other.multisets);
    this.relations.merge(other.relations);
    this.selfTime.merge(other.selfTime);
  }

  toJSON(): Json {
    return {
      handled: this.#handled,
      targets: this.#targets.toJSON((stats) => stats.toJSON()),
      multisets: this.multisets.toJSON(),
      relations: writeLines(this.relations),
      selfTime: this.selfTime.toJSON(),
    };
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): OutcomeFanout {
    const outcome = new OutcomeFanout();
    if (!isRecord(json)) throw new RangeError('not a fan-out');
    outcome.#handled = wholeNumber(json.handled);
    outcome.#targets.merge(TargetMap.fromJSON(json.targets, childStats, ChildStats.fromJSON));
    outcome.multisets.merge(Multisets.fromJSON(json.multisets));
    outcome.relations.merge(readLines(json.relations, MAX_RELATIONS));
    outcome.selfTime.merge(Sketch.fromJSON(json.selfTime));
    return outcome;
  }
}

/** By key, each in order of start (ties by id). */
function groupByTarget(children: readonly ChildCall[]): Map<string, ChildCall[]> {
  const groups = new Map<string, ChildCall[]>();
  const inOrder =
    children.length < 2
      ? children
      : children.toSorted((a, b) => a.call.ts - b.call.ts || (a.call.id < b.call.id ? -1 : 1));
  for (const child of inOrder) {
    const key = childKey(child.target);
    const group = groups.get(key);
    if (group) group.push(child);
    else groups.set(key, [child]);
  }
  return groups;
}
