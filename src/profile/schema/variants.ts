import { type Json, sortedEntries } from '../../support/json.ts';
import { isMember } from './enum-values.ts';
import { count, list, pair, text } from './json-read.ts';
import { DISCRIMINATORS, MAX_KEY, MAX_VARIANTS } from './limits.ts';

/** The objects with one value of the discriminating field: how many, and in how many each field was. */
export class Variant {
  count = 0;
  readonly #present = new Map<string, number>();
  /** The set of fields of the last objects, and how many of them are not in `#present` yet. */
  #shape = Number.NaN;
  #names: readonly string[] = [];
  #times = 0;

  get present(): ReadonlyMap<string, number> {
    this.#settle();
    return this.#present;
  }

  /** Counts an object by the hash of its names, which are asked for where that is another than before. */
  add(shape: number, names: () => readonly string[]): void {
    this.count++;
    if (shape !== this.#shape) {
      this.#settle();
      this.#shape = shape;
      this.#names = names();
    }
    this.#times++;
  }

  #settle(): void {
    if (this.#times > 0) for (const name of this.#names) this.addPresent(name, this.#times);
    this.#times = 0;
  }

  addPresent(name: string, times: number): void {
    this.#present.set(name, (this.#present.get(name) ?? 0) + times);
  }
}

/**
 * Presence of fields by the value of a discriminating field, so that a field which one variant
 * always has is not just 'optional'. Too many values, or values that are no words: that field does
 * not discriminate (absorbing). Mergeable.
 */
export class Variants {
  /** By field, then by value; null: does not discriminate. */
  readonly #fields = new Map<string, Map<string, Variant> | null>();

  /** By field in code-unit order, then by value. */
  *entries(): Generator<readonly [field: string, value: string, variant: Readonly<Variant>]> {
    for (const [field, variants] of sortedEntries(this.#fields)) {
      for (const [value, variant] of sortedEntries(variants ?? new Map<string, Variant>())) {
        yield [field, value, variant];
      }
    }
  }

  /** Counts an object with this value of the field; `shape` is the hash of its names. */
  add(field: string, value: string, shape: number, names: () => readonly string[]): void {
    this.#variant(field, value)?.add(shape, names);
  }

  /** Fields whose values are secret do not discriminate. */
  close(isSecret: (field: string) => boolean): void {
    for (const field of this.#fields.keys()) if (isSecret(field)) this.#fields.set(field, null);
  }

  merge(other: Variants): void {
    for (const [field, variants] of other.#fields) {
      if (variants === null) this.#fields.set(field, null);
      for (const [value, theirs] of variants ?? []) {
        const ours = this.#variant(field, value);
        if (!ours) break;
        ours.count += theirs.count;
        for (const [key, times] of theirs.present) ours.addPresent(key, times);
      }
    }
  }

  /** Presence counts stand in the order of `names`. */
  toJSON(names: readonly string[]): Json {
    return sortedEntries(this.#fields).map(([field, variants]) => [
      field,
      variants === null
        ? null
        : sortedEntries(variants).map(([value, { count, present }]) => [
            value,
            [count, ...names.map((name) => present.get(name) ?? 0)],
          ]),
    ]);
  }

  static fromJSON(json: Json | undefined, names: readonly string[]): Variants {
    const read = new Variants();
    for (const entry of list(json, DISCRIMINATORS.length)) {
      const [name, variants] = pair(entry);
      const field = text(name, MAX_KEY);
      if (variants === null) read.#fields.set(field, null);
      else {
        for (const known of list(variants, MAX_VARIANTS)) {
          const [value, counts] = pair(known);
          const variant = read.#variant(field, text(value, MAX_KEY));
          const [all = 0, ...present] = list(counts, names.length + 1).map(count);
          if (!variant) throw new RangeError('not variants');
          variant.count += all;
          present.forEach((times, i) => {
            if (times > 0) variant.addPresent(names[i] as string, times);
          });
        }
      }
    }
    return read;
  }

  #variant(field: string, value: string): Variant | undefined {
    let variants = this.#fields.get(field);
    if (variants === null) return undefined;
    if (!variants) {
      variants = new Map();
      this.#fields.set(field, variants);
    }
    let variant = variants.get(value);
    if (!variant) {
      if (variants.size >= MAX_VARIANTS || !isMember(value)) {
        this.#fields.set(field, null);
        return undefined;
      }
      variant = new Variant();
      variants.set(value, variant);
    }
    return variant;
  }
}
