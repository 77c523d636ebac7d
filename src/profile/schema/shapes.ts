import type { Json } from '../../support/json.ts';
import { type CallRef, Sighted, Witness } from './call-ref.ts';
import { count, list, text } from './json-read.ts';
import { keyInfo } from './key-info.ts';
import { MAX_SHAPES } from './limits.ts';
import { Subjects, stored, together } from './subjects.ts';

interface Shape {
  readonly keys: ReadonlySet<string>;
  readonly seen: Sighted;
}

/**
 * Which sets of fields the objects at one place had, with counts and example calls: the `MAX_SHAPES`
 * sets with the smallest hash (bottom-k, so exact for those kept). This is where the evidence for
 * 'an object without the field' comes from.
 */
export class Shapes {
  readonly #shapes = new Map<number, Shape>();
  #largest = Number.NEGATIVE_INFINITY;
  /** The set of fields of the last object, and what is known of it: it only saves time. */
  #lastHash = Number.NaN;
  #last: Shape | undefined;

  /** Counts one object by the sum of its keys' hashes; `keys` are asked for where that is new. */
  add(hash: number, ref: CallRef, keys: () => Iterable<string>): void {
    this.#shapeOf(hash, keys)?.seen.see(ref);
  }

  /** Example calls with an object that lacks the field. */
  without(key: string): string[] {
    const witness = new Witness();
    for (const shape of this.#shapes.values()) {
      if (!shape.keys.has(key)) witness.merge(shape.seen);
    }
    return witness.ids;
  }

  /** What the objects were about that lack the field. */
  aboutWithout(key: string): Subjects {
    return together(
      [...this.#shapes.values()].map(({ keys, seen }) =>
        keys.has(key) ? undefined : seen.subjects,
      ),
    );
  }

  /** How many objects had no named field. */
  get bare(): number {
    return this.#shapes.get(0)?.seen.count ?? 0;
  }

  /** Whether no set of fields is left out of so many objects. */
  covers(objects: number): boolean {
    let known = 0;
    for (const { seen } of this.#shapes.values()) known += seen.count;
    return known === objects;
  }

  /** Of the objects with the field `other`, how many have `key` too. */
  beside(key: string, other: string): { some: number; all: number } {
    const share = { some: 0, all: 0 };
    for (const { keys, seen } of this.#shapes.values()) {
      if (!keys.has(other)) continue;
      share.all += seen.count;
      if (keys.has(key)) share.some += seen.count;
    }
    return share;
  }

  merge(other: Shapes): void {
    for (const [hash, theirs] of other.#shapes) {
      const ours = this.#shapes.get(hash) ?? this.#admit(hash, theirs.keys);
      ours?.seen.mergeAll(theirs.seen);
    }
  }

  /** Each set as a bit mask in base 32 over `names`, the fields in code-unit order. */
  toJSON(names: readonly string[]): Json {
    return [...this.#shapes]
      .sort((a, b) => a[0] - b[0])
      .map(([, { keys, seen }]) => [
        bitsOf(names, keys),
        seen.count,
        seen.ids,
        ...stored(seen.subjects),
      ]);
  }

  static fromJSON(json: Json | undefined, names: readonly string[]): Shapes {
    const shapes = new Shapes();
    for (const entry of list(json, MAX_SHAPES)) {
      const [bits, times, ids, subjects] = list(entry, 4);
      const keys = keysOf(names, text(bits, 128));
      let hash = 0;
      for (const key of keys) hash += keyInfo(key).hash;
      const shape = shapes.#admit(hash, keys);
      if (!shape) continue;
      shape.seen.count += count(times);
      shape.seen.merge(Witness.fromJSON(ids));
      if (subjects !== undefined) shape.seen.subjects.merge(Subjects.fromJSON(subjects));
    }
    return shapes;
  }

  #shapeOf(hash: number, keys: () => Iterable<string>): Shape | undefined {
    if (hash === this.#lastHash) return this.#last;
    this.#last = this.#shapes.get(hash) ?? this.#admit(hash, keys());
    this.#lastHash = hash;
    return this.#last;
  }

  #admit(hash: number, keys: Iterable<string>): Shape | undefined {
    this.#lastHash = Number.NaN;
    if (this.#shapes.size >= MAX_SHAPES) {
      if (hash > this.#largest) return undefined;
      this.#shapes.delete(this.#largest);
    }
    const shape = { keys: new Set(keys), seen: new Sighted() };
    this.#shapes.set(hash, shape);
    this.#largest = Math.max(...this.#shapes.keys());
    return shape;
  }
}

function bitsOf(names: readonly string[], keys: ReadonlySet<string>): string {
  return BigInt(`0b0${names.map((name) => (keys.has(name) ? '1' : '0')).join('')}`).toString(32);
}

function keysOf(names: readonly string[], text: string): Set<string> {
  let bits = 0n;
  for (const digit of text) {
    const value = Number.parseInt(digit, 32);
    if (Number.isNaN(value)) throw new RangeError('not a set of fields');
    bits = bits * 32n + BigInt(value);
  }
  const mask = bits.toString(2).padStart(names.length, '0');
  if (mask.length > names.length && names.length > 0) throw new RangeError('not a set of fields');
  return new Set(names.filter((_, i) => mask[i] === '1'));
}
