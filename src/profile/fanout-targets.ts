import type { Family } from '../calls/target.ts';
import { isRecord, type Json, sortedEntries } from '../support/json.ts';
import { childFamilyKey, isSeparator } from './fanout-child.ts';
import { texts } from './fanout-json.ts';
import { type Mergeable, PathTrie } from './path-trie.ts';

/** More families than this are not told apart: they become one, under this name. */
const MAX_FAMILIES = 256;
const OTHERS: Family = {
  workload: '{others}',
  protocol: '',
  method: '',
  separator: '',
  mutation: false,
};

const OTHERS_KEY = childFamilyKey(OTHERS);

/** Values by target, bounded: a trie of segments for each family. */
export class TargetMap<T> {
  readonly #value: Mergeable<T>;
  readonly #families = new Map<string, { family: Family; trie: PathTrie<T> }>();
  #absorbed = false;

  constructor(value: Mergeable<T>) {
    this.#value = value;
  }

  at(family: Family, segments: readonly string[]): T {
    const trie = this.#trie(family);
    return trie.at(this.#absorbed ? [] : segments);
  }

  merge(other: TargetMap<T>): void {
    if (other.#absorbed) this.#absorb();
    for (const { family, trie } of other.#families.values()) {
      const into = this.#trie(family);
      if (!this.#absorbed) into.merge(trie);
      else for (const [, value] of trie.leaves()) this.#value.merge(into.at([]), value);
    }
  }

  /** In code-unit order of family, then of segments. */
  *entries(): Generator<readonly [Family, readonly string[], T]> {
    for (const [, { family, trie }] of sortedEntries(this.#families)) {
      for (const [segments, value] of trie.leaves()) yield [family, segments, value];
    }
  }

  toJSON(encode: (value: T) => Json): Json {
    return sortedEntries(this.#families).map(([, { family, trie }]) => ({
      ...family,
      targets: trie.toJSON(encode),
    }));
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON<T>(
    json: Json | undefined,
    value: Mergeable<T>,
    decode: (json: Json) => T,
  ): TargetMap<T> {
    const map = new TargetMap(value);
    if (!Array.isArray(json)) throw new RangeError('not targets');
    for (const entry of json) {
      const { family, targets } = readFamily(entry);
      if (childFamilyKey(family) === OTHERS_KEY) map.#absorb();
      for (const target of targets) {
        if (!Array.isArray(target) || target.length !== 2) throw new RangeError('not targets');
        value.merge(map.at(family, texts(target[0])), decode(target[1] as Json));
      }
    }
    return map;
  }

  #trie(family: Family): PathTrie<T> {
    const wanted = this.#absorbed ? OTHERS : family;
    const key = childFamilyKey(wanted);
    let found = this.#families.get(key);
    if (!found) {
      const { workload, protocol, method, separator, mutation } = wanted;
      found = {
        family: { workload, protocol, method, separator, mutation },
        trie: new PathTrie(this.#value),
      };
      this.#families.set(key, found);
      if (this.#families.size > MAX_FAMILIES && !this.#absorbed) {
        this.#absorb();
        return this.#trie(family);
      }
    }
    return found.trie;
  }

  #absorb(): void {
    if (this.#absorbed) return;
    const before = [...this.#families.values()];
    this.#families.clear();
    this.#absorbed = true;
    const others = this.#trie(OTHERS);
    for (const { trie } of before) {
      for (const [, value] of trie.leaves()) this.#value.merge(others.at([]), value);
    }
  }
}

function readFamily(json: Json): { family: Family; targets: readonly Json[] } {
  if (!isRecord(json)) throw new RangeError('not targets');
  const { workload, protocol, method, separator, mutation, targets } = json as {
    readonly [key: string]: Json | undefined;
  };
  if (
    typeof workload !== 'string' ||
    typeof protocol !== 'string' ||
    typeof method !== 'string' ||
    typeof mutation !== 'boolean' ||
    !isSeparator(separator) ||
    !Array.isArray(targets)
  ) {
    throw new RangeError('not targets');
  }
  return { family: { workload, protocol, method, separator, mutation }, targets };
}
