import type { Family } from '../calls/target.ts';
import { hash32 } from '../support/hash.ts';
import { sortedEntries } from '../support/json.ts';
import { type OperationStats, operationStats } from './operation-stats.ts';
import { PathTrie } from './path-trie.ts';

export interface FamilyProfile {
  readonly family: Family;
  readonly operations: PathTrie<OperationStats>;
}

/** Families that are told apart, far more than a cluster has. */
export const MAX_FAMILIES = 16_384;
/** What all others together are called. */
export const OTHERS: Family = {
  workload: '(others)',
  protocol: '(others)',
  method: '(others)',
  separator: '',
  mutation: false,
};

interface Kept extends FamilyProfile {
  readonly key: string;
  readonly hash: number;
}

/**
 * The families of a profile, of which those with the smallest hashes are kept apart and all others
 * counted as one operation. Which ones, and all that was seen of them, does not depend on the order:
 * a family that is kept at the end was among the smallest whenever it came. Mergeable.
 */
export class Families {
  readonly #limit: number;
  readonly #kept = new Map<string, Kept>();
  /** The kept ones by workload: a few each, which are looked through faster than a key is made. */
  readonly #near = new Map<string, Set<Kept>>();
  #last: Kept | undefined;
  #others: FamilyProfile | undefined;

  constructor(limit: number = MAX_FAMILIES) {
    this.#limit = limit;
  }

  /** Whether there were more than are told apart. */
  get overflowed(): boolean {
    return this.#others !== undefined;
  }

  /** In code-unit order of their keys. */
  get all(): readonly FamilyProfile[] {
    const kept: [string, FamilyProfile][] = [...this.#kept];
    if (this.#others) kept.push([familyKey(OTHERS), this.#others]);
    return sortedEntries(new Map(kept)).map(([, family]) => family);
  }

  /** What is kept of an operation. */
  operation(family: Family, segments: readonly string[]): OperationStats {
    const found = this.#of(family);
    return found.operations.at(found === this.#others ? [] : segments);
  }

  /** Adds `other`, whose parts may be taken over: don't use it afterwards. */
  merge(other: Families): void {
    for (const { family, operations } of other.all) {
      const into = this.#of(family);
      if (into === this.#others) this.#drop(operations);
      else into.operations.merge(operations);
    }
  }

  #of(family: Family): FamilyProfile {
    const { workload, protocol, method, separator, mutation } = family;
    for (const one of this.#near.get(workload) ?? []) if (isSame(one.family, family)) return one;
    const key = familyKey(family);
    if (key === OTHERS_KEY) return this.#rest();
    const made: Kept = {
      key,
      hash: hash32(key),
      family: { workload, protocol, method, separator, mutation },
      operations: new PathTrie(operationStats),
    };
    if (this.#kept.size >= this.#limit) {
      this.#last ??= [...this.#kept.values()].reduce((a, b) => (before(a, b) ? b : a));
      if (!before(made, this.#last)) return this.#rest();
      this.#kept.delete(this.#last.key);
      this.#nearOf(this.#last.family).delete(this.#last);
      this.#drop(this.#last.operations);
      this.#last = undefined;
    }
    this.#kept.set(key, made);
    this.#nearOf(family).add(made);
    return made;
  }

  #nearOf({ workload }: Family): Set<Kept> {
    let near = this.#near.get(workload);
    if (!near) {
      near = new Set();
      this.#near.set(workload, near);
    }
    return near;
  }

  #rest(): FamilyProfile {
    this.#others ??= { family: OTHERS, operations: new PathTrie(operationStats) };
    return this.#others;
  }

  #drop(operations: PathTrie<OperationStats>): void {
    const into = this.#rest().operations.at([]);
    for (const [, stats] of operations.leaves()) operationStats.merge(into, stats);
  }
}

function isSame(a: Family, b: Family): boolean {
  return (
    a.method === b.method &&
    a.protocol === b.protocol &&
    a.separator === b.separator &&
    a.mutation === b.mutation
  );
}

export function familyKey(family: Family): string {
  return JSON.stringify([
    family.workload,
    family.protocol,
    family.method,
    family.separator,
    family.mutation,
  ]);
}

const OTHERS_KEY = familyKey(OTHERS);

function before(a: Kept, b: Kept): boolean {
  return a.hash < b.hash || (a.hash === b.hash && a.key < b.key);
}
